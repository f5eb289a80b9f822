import type { ProcessStep } from '#lib/processes';
import type { Chance } from '../chance.js';
import type { StepEntry } from '../compare/takeovers.js';
import type { House } from '../house/house.js';
import type { Fate, Instance } from '../house/instance.js';
import { counts, type Moment } from '../house/moment.js';
import { waitFor } from '../house/wait.js';
import type { Faults } from './faults.js';
import type { Act } from './programme.js';

/** What the director has seen happen. */
export interface Played {
  kills: number;
  /** Steps in whose middle an instance died. */
  readonly diedAt: Set<ProcessStep>;
  /** Sleepers that woke up after another one had their process. */
  zombies: number;
  databaseStops: number;
}

/** Somebody is at work. */
const LEASED: Moment = { step: 'leased', nth: 1, kinds: [] };
/** How long an act waits for its moment. */
const MOMENT_MS = 30_000;
/** How long a start may take. */
const START_MS = 60_000;
/** Looks after which customers submit some more. */
const RELEASE_EVERY = 20;
/** A lease lasts three seconds; whoever stood still is woken well before an attempt's longest time is over. */
const LONGEST_SLEEP_MS = 9_000;
/** How long a sleeper has to do something. */
const AWAKE_MS = 3_000;
const DATABASE_AWAY_MS = [300, 2_000] as const;

/** Lets customers submit some more. */
export type Release = () => void;

/** Plays the acts of a programme, one after the other; in between all instances live. */
export class Director {
  readonly played: Played = { kills: 0, diedAt: new Set(), zombies: 0, databaseStops: 0 };

  private readonly starting: Promise<void>[] = [];

  constructor(
    private readonly house: House,
    private readonly faults: Faults,
    private readonly chance: Chance,
    private readonly release: Release,
  ) {}

  /** @returns false when there was nothing to disturb in time */
  async play(act: Act): Promise<boolean> {
    await this.allStarted();
    switch (act.act) {
      case 'kill':
        return this.killSomebody();
      case 'stop-database':
        return this.stopDatabase();
      case 'die':
        return this.letDie(act.moment);
      case 'stand-still':
        return this.letStandStill(act.moment);
    }
  }

  /** Resolves when everybody lives again. @throws Error when one does not start */
  async allStarted(): Promise<void> {
    const starting = [...this.starting];
    this.starting.length = 0;
    await Promise.all(starting);
  }

  private async killSomebody(): Promise<boolean> {
    const instance = this.anyInstance();
    const busy = await this.releaseUntil(() => this.findStep(instance.pid, LEASED));
    await this.kill(instance);
    this.startAgain(instance);
    return busy !== undefined;
  }

  private async stopDatabase(): Promise<boolean> {
    const before = this.house.steps.refresh().length;
    const busy = await this.releaseUntil(() => this.house.steps.refresh()[before]);
    await this.house.interruptDatabase(this.chance.between(...DATABASE_AWAY_MS));
    this.played.databaseStops += 1;
    return busy !== undefined;
  }

  /** Replaces an instance by one that will die at the moment, and that one by an ordinary one. */
  private async letDie(moment: Moment): Promise<boolean> {
    const instance = this.anyInstance();
    const started = await this.replaceBy(instance, { dieAt: moment });
    const { pid } = instance;
    const died = await this.releaseUntil(() => (instance.lives ? undefined : true), moment);
    if (died === undefined) await this.kill(instance);
    else {
      this.house.noteDeath(pid);
      this.played.kills += 1;
      this.played.diedAt.add(moment.step);
    }
    await started.end();
    this.startAgain(instance);
    return died === true;
  }

  private async letStandStill(moment: Moment): Promise<boolean> {
    const instance = this.anyInstance();
    const started = await this.replaceBy(instance, { stopAt: moment });
    const { pid } = instance;
    const asleep = await this.releaseUntil(() => this.findStep(pid, moment), moment);
    if (asleep === undefined) {
      // It must not fall asleep later, when nobody wakes it up.
      await this.kill(instance);
      await started.end();
      this.startAgain(instance);
      return false;
    }
    instance.open = false;
    this.house.noteDeath(pid, asleep.at);
    const taken = await waitFor(() => this.findSuccessor(asleep), { milliseconds: LONGEST_SLEEP_MS });
    const stood = this.house.steps.refresh().length;
    instance.wake();
    await started.end();
    // It is to go on, not to be killed at once: whatever it sends now must do no harm.
    const goesOn = (): StepEntry | undefined =>
      this.house.steps.refresh().find((entry, index) => index >= stood && entry.pid === pid);
    await waitFor(goesOn, { milliseconds: AWAKE_MS });
    if (taken === undefined) return false;
    this.played.zombies += 1;
    return true;
  }

  /** Its customers do not wait for it. */
  private startAgain(instance: Instance): void {
    const started = instance.start();
    // Whoever waits for all hears of it.
    started.catch(() => undefined);
    this.starting.push(started);
  }

  private async kill(instance: Instance): Promise<void> {
    await this.house.kill(instance);
    this.played.kills += 1;
  }

  /**
   * Kills an instance, and puts one with a fate in its place. It carries processes out before it answers requests, so its
   * moment may come before its start is over.
   */
  private async replaceBy(instance: Instance, fate: Fate): Promise<{ end: () => Promise<void> }> {
    await this.kill(instance);
    let over = false;
    const starting = instance.start(fate).then(
      () => (over = true),
      () => (over = true),
    );
    const { pid } = instance;
    const moment = fate.stopAt;
    await waitFor(() => (over || (moment && this.findStep(pid, moment)) ? true : undefined), {
      milliseconds: START_MS,
    });
    return { end: async () => void (await starting) };
  }

  /** Lets customers submit more and more until the moment has come. */
  private releaseUntil<T>(look: () => T | undefined, { step }: Pick<Moment, 'step'> = LEASED) {
    const needsDoubt = step.startsWith('read');
    let looks = 0;
    return waitFor(
      async () => {
        if (looks % RELEASE_EVERY === 0) {
          // Something has to be in doubt before it can be read back.
          if (needsDoubt) await this.faults.loseAnswers();
          this.release();
        }
        looks += 1;
        return look();
      },
      { milliseconds: MOMENT_MS },
    );
  }

  private findStep(process: number, moment: Moment): StepEntry | undefined {
    return this.house.steps.refresh().find((entry) => entry.pid === process && counts(moment, entry));
  }

  /** Who has leased the process after that step of another one. */
  private findSuccessor({ at, pid, processId }: StepEntry): StepEntry | undefined {
    const entries = this.house.steps.refresh();
    return entries.find(
      (entry) => entry.step === 'leased' && entry.processId === processId && entry.pid !== pid && entry.at >= at,
    );
  }

  private anyInstance(): Instance {
    return this.chance.pick(this.house.instances.filter(({ lives }) => lives));
  }
}
