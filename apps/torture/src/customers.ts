import { setTimeout as sleep } from 'node:timers/promises';
import { answerQuestion, findProcess, submit } from './client/commands.js';
import { GraphRefused, type GraphClient } from './client/graph.js';
import type { Chance } from './chance.js';
import { waitFor } from './house/wait.js';
import type { Followed, WishLedger } from './wishes/ledger.js';
import type { Wish } from './wishes/wish.js';

/** Submissions under way at once. */
const CLIENTS = 12;
/** Processes looked at at once. */
const LOOKERS = 6;
/** So many wishes in a hundred are sent twice at the same time, as by a double click. */
const TWICE_PERCENT = 20;
/** How long a client tries to get an answer. */
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 300;
/** Wishes that are let in at once. */
const MORE = 6;

/** The customers of a run: they submit, follow what they submitted, and answer what they are asked. */
export class Customers {
  private allowed = 0;
  private next = 0;

  constructor(
    readonly wishes: readonly Wish[],
    private readonly ledger: WishLedger,
    private readonly graph: GraphClient,
    private readonly chance: Chance,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Lets them submit a few more, so that each disturbance finds something to disturb.
   * @param part of all wishes that may be submitted by now, so that something is left for later
   */
  allowMore(part: number): void {
    const most = Math.ceil(this.wishes.length * Math.min(1, part));
    this.allowed = Math.max(this.allowed, Math.min(most, Math.max(this.allowed, this.next) + MORE));
  }

  allowAll(): void {
    this.allowed = this.wishes.length;
  }

  /** Resolves when every wish was submitted, and answered or given up. */
  async submitAll(): Promise<void> {
    await Promise.all(Array.from({ length: CLIENTS }, () => this.submitSome()));
  }

  /** Follows what was accepted until the signal. */
  async follow(ended: AbortSignal): Promise<void> {
    while (!ended.aborted && !this.signal.aborted) {
      const open = [...this.ledger.open];
      await Promise.all(Array.from({ length: LOOKERS }, () => this.lookAt(open)));
      await sleep(LOOK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
    }
  }

  /** Asks once more for every process that an answer has ever named: now only what the house says counts. */
  async askForAll(): Promise<void> {
    const accepted = this.ledger.all.filter(({ processes }) => processes.size > 0);
    await Promise.all(
      Array.from({ length: LOOKERS }, async () => {
        for (let each = accepted.pop(); each !== undefined && !this.signal.aborted; each = accepted.pop()) {
          const [id] = each.processes;
          const process = await findProcess(this.graph, each.wish.household, id!, PATIENCE_MS);
          each.state = process?.state ?? null;
        }
      }),
    );
  }

  private async submitSome(): Promise<void> {
    while (this.next < this.wishes.length && !this.signal.aborted) {
      if (this.next >= this.allowed) {
        await waitFor(() => (this.next < this.allowed ? true : undefined), { milliseconds: LOOK_EVERY_MS });
        continue;
      }
      const wish = this.wishes[this.next]!;
      this.next += 1;
      const followed = this.ledger.add(wish);
      const times = this.chance.happens(TWICE_PERCENT) ? 2 : 1;
      await Promise.all(Array.from({ length: times }, () => this.submitOne(followed)));
    }
  }

  private async submitOne(followed: Followed): Promise<void> {
    try {
      const outcome = await submit(this.graph, followed.wish, PATIENCE_MS);
      if (outcome === undefined) return;
      if ('refused' in outcome) {
        followed.state ??= 'REFUSED_AT_ONCE';
        followed.complaint = outcome.refused;
        return;
      }
      followed.see(outcome.process.id, outcome.process.state);
    } catch (error) {
      complain(followed, error);
    }
  }

  private async lookAt(open: Followed[]): Promise<void> {
    for (let each = open.pop(); each !== undefined && !this.signal.aborted; each = open.pop()) {
      const [id] = each.processes;
      const { household } = each.wish;
      try {
        const process = await findProcess(this.graph, household, id!, LOOK_EVERY_MS);
        if (!process) continue;
        each.see(process.id, process.state);
        if (process.state === 'NEEDS_CUSTOMER') await answerQuestion(this.graph, household, process);
      } catch (error) {
        complain(each, error);
      }
    }
  }
}

/** An answer that no client should ever get; anything else is a bug of this program. */
function complain(followed: Followed, error: unknown): void {
  if (!(error instanceof GraphRefused)) throw error;
  followed.complaint = error.message;
}
