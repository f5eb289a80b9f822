import type { Promised, EndState } from '../compare/compare.js';
import type { Wish } from './wish.js';

const FINAL: ReadonlySet<EndState> = new Set([
  'DONE',
  'REFUSED',
  'REFUSED_AT_ONCE',
  'CANCELLED',
  'UNCERTAIN',
  'WITH_AGENT',
]);

/** A wish and what the house has said of it so far. */
export class Followed {
  readonly processes = new Set<string>();
  /** As it was last seen; null until there is an answer. */
  state: EndState | null = null;
  /** What the house said that no client can do anything about. */
  complaint: string | null = null;

  constructor(readonly wish: Wish) {}

  get isOver(): boolean {
    return this.state !== null && FINAL.has(this.state);
  }

  /** Answers overtake each other: what is over stays over. */
  see(id: string, state: EndState): void {
    this.processes.add(id);
    if (!this.isOver || this.state === 'REFUSED_AT_ONCE') this.state = state;
  }
}

/** Everything that was submitted, as its clients know it. */
export class WishLedger {
  readonly all: Followed[] = [];

  add(wish: Wish): Followed {
    const followed = new Followed(wish);
    this.all.push(followed);
    return followed;
  }

  get over(): number {
    return this.all.filter(({ isOver }) => isOver).length;
  }

  /** Accepted, and not over. */
  get open(): readonly Followed[] {
    return this.all.filter(({ isOver, processes }) => !isOver && processes.size > 0);
  }

  /** What the clients believe, to be compared with the books. */
  promised(): readonly Promised[] {
    return this.all.map(({ wish, processes, state }) => ({ wish, processes: [...processes], state }));
  }
}
