import { Chance } from './chance.js';
import { GraphClient } from './client/graph.js';
import { readBooks } from './compare/books.js';
import { compare } from './compare/compare.js';
import { findTakeovers } from './compare/takeovers.js';
import { Customers } from './customers.js';
import { Director } from './disturb/director.js';
import { fullProgramme, nameOf, shortProgramme, type Act } from './disturb/programme.js';
import { Faults } from './disturb/faults.js';
import { Neighbours } from './disturb/neighbours.js';
import { House } from './house/house.js';
import { waitFor } from './house/wait.js';
import type { TortureOptions } from './options.js';
import { isGood, type Report } from './report.js';
import { WishLedger } from './wishes/ledger.js';
import { cardHolders, planWishes } from './wishes/plan.js';
import type { Wish } from './wishes/wish.js';

export type ShowProgress = (label: string, part: number) => void;

/** Parts of the wishes that the first act may use besides its share, and that are left for acts played once more. */
const [FIRST_PART, LAST_PART] = [0.1, 0.1];
/** Between two looks at what is not over yet. */
const LOOK_EVERY_MS = 200;

/**
 * Starts a house, has it carry out the wishes of many households while everything around it fails, waits until nothing is
 * under way any more, and compares what it says with what the legacy systems have booked.
 * @throws Error when the house does not start, or dies of more than was done to it
 */
export async function torture(options: TortureOptions, show: ShowProgress): Promise<Report> {
  show('Haus startet', 0);
  const house = await House.open(options.workers);
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), options.minutes * 60_000);
  let keep = true;
  try {
    const report = await new Run(options, house, show, late.signal).play();
    keep = options.keep || !isGood(report);
    return { ...report, logs: keep ? house.folder : null };
  } catch (error) {
    throw new Error(`${String(error)}; the logs are in ${house.folder}`, { cause: error });
  } finally {
    clearTimeout(timer);
    late.abort();
    await house.close(keep);
  }
}

type Findings = Omit<Report, 'logs'>;

class Run {
  private readonly ledger = new WishLedger();
  private readonly chance: Chance;
  private readonly graph: GraphClient;
  private readonly faults: Faults;
  /** How much of the wishes may be submitted by now. */
  private part = 0;

  constructor(
    private readonly options: TortureOptions,
    private readonly house: House,
    private readonly show: ShowProgress,
    private readonly late: AbortSignal,
  ) {
    this.chance = new Chance(options.seed);
    this.graph = new GraphClient(house.control, house.instances, new Chance(options.seed + 1), late);
    this.faults = new Faults(house.control, this.chance, options.short);
  }

  async play(): Promise<Findings> {
    const { control } = this.house;
    const wishes = await planWishes(
      this.options.commands,
      { control, graph: this.graph, chance: this.chance },
      (part) => this.show('Haushalte und ihre Wünsche', part),
    );
    const customers = new Customers(wishes, this.ledger, this.graph, this.chance, this.late);
    const neighbours = new Neighbours(control, this.chance, cardHolders(wishes));
    const begun = performance.now();
    const director = new Director(this.house, this.faults, this.chance, () => customers.allowMore(this.part));
    const ended = new AbortController();
    const missed: string[] = [];
    const others = [customers.follow(ended.signal), neighbours.bookUntil(ended.signal)];
    try {
      // Whoever fails ends the run.
      await Promise.race([this.submitAndDisturb(director, customers, missed), Promise.all(others)]);
    } finally {
      ended.abort();
    }
    const seconds = (performance.now() - begun) / 1_000;
    await Promise.all(others);
    await customers.askForAll();
    return this.report(director, { missed, seconds, wishes, foreignBookings: neighbours.booked });
  }

  private async submitAndDisturb(director: Director, customers: Customers, missed: string[]): Promise<void> {
    const submitting = customers.submitAll();
    const disturbing = this.disturb(director, customers.wishes).then((names) => {
      missed.push(...names);
      customers.allowAll();
    });
    await Promise.all([submitting, disturbing]);
    await this.faults.end();
    await this.untilAllIsOver();
  }

  /** @returns the acts that found nothing to disturb, also when they were played once more */
  private async disturb(director: Director, wishes: readonly Wish[]): Promise<readonly string[]> {
    const programme = this.options.short ? shortProgramme() : fullProgramme(this.chance);
    const missed: Act[] = [];
    for (const [index, act] of programme.entries()) {
      if (this.late.aborted) break;
      this.part = FIRST_PART + ((1 - FIRST_PART - LAST_PART) * (index + 1)) / programme.length;
      await this.disturbSystems(wishes);
      if (!(await director.play(act))) missed.push(act);
      this.showProgress();
    }
    this.part = 1;
    const stillMissed: string[] = [];
    for (const act of missed) if (!(await director.play(act))) stillMissed.push(nameOf(act));
    return stillMissed;
  }

  private async disturbSystems(wishes: readonly Wish[]): Promise<void> {
    await this.faults.strikeSystem();
    if (this.options.short) return;
    await this.faults.strikeHousehold(this.chance.pick(wishes).household);
    await this.faults.slowDown();
    await this.faults.confuseTill(this.chance.pick(cardHolders(wishes)));
  }

  private async untilAllIsOver(): Promise<void> {
    const isOver = (): true | undefined => {
      this.showProgress();
      return this.ledger.open.length === 0 ? true : undefined;
    };
    await waitFor(isOver, { milliseconds: this.options.minutes * 60_000, everyMs: LOOK_EVERY_MS, signal: this.late });
  }

  private showProgress(): void {
    const { over } = this.ledger;
    this.show(`Aufträge beendet (${over} von ${this.options.commands})`, over / this.options.commands);
  }

  private async report(
    { played }: Director,
    facts: Pick<Report, 'missed' | 'seconds' | 'foreignBookings'> & { readonly wishes: readonly Wish[] },
  ): Promise<Findings> {
    const { house, ledger } = this;
    const { missed, seconds, foreignBookings, wishes } = facts;
    const complaints = ledger.all.flatMap(({ complaint, wish }) =>
      complaint === null ? [] : [`${wish.kind}: ${complaint}`],
    );
    return {
      seed: this.options.seed,
      households: new Set(wishes.map(({ household }) => household)).size,
      submitted: ledger.all.length,
      comparison: compare(ledger.promised(), await readBooks(house.control)),
      takeovers: findTakeovers(house.steps.refresh(), house.deaths, house.outages),
      kills: played.kills,
      diedAt: [...played.diedAt],
      zombies: played.zombies,
      databaseStops: played.databaseStops,
      faults: this.faults.ordered,
      foreignBookings,
      seconds,
      missed,
      complaints: [...new Set(complaints)],
    };
  }
}
