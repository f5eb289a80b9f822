import type { Household, SubscriptionBook } from '../../world/household.js';
import type { World } from '../../world/world.js';
import type { Booking } from '../legacy-system.js';
import { firstOfMonth, lastOfMonth } from './berlin.js';
import { checkPause, openPause, type Pause } from './pause-rules.js';
import { ShopError } from './shop-error.js';

/** Entries kept in the books; past them the oldest is forgotten, while the pauses themselves stay. */
const MOST_ENTRIES = 10_000;

/** A subscription and whose it is. */
export interface Contract {
  readonly household: Household;
  readonly book: SubscriptionBook;
}

interface Entry {
  readonly household: number;
  readonly booking: Booking;
}

/** The pauses of all subscriptions; a subscription without an entry has what the seed says. */
export class PauseBook {
  private readonly pauses = new Map<string, { readonly household: number; readonly pauses: readonly Pause[] }>();
  private entries: Entry[] = [];

  constructor(private readonly world: World) {}

  /** Past ones too. A pause of the seed began last month and has no end. */
  of(book: SubscriptionBook): readonly Pause[] {
    const kept = this.pauses.get(book.id);
    if (kept !== undefined) return kept.pauses;
    return book.state === 'paused' ? [{ from: firstOfMonth(this.world.today(), -1), until: null }] : [];
  }

  /** @throws ShopError when the shop does not take the pause */
  pause(contract: Contract, wish: Pause & { until: string }): void {
    const pauses = this.of(contract.book);
    checkPause(wish, contract.book, pauses, this.world.today());
    this.keep(contract, [...pauses, wish]);
    this.enter('pause', contract, wish);
  }

  /**
   * Withdraws a pause that has not begun; one that has ends with the present month.
   * @throws ShopError when there is nothing to resume
   */
  resume(contract: Contract): void {
    const today = this.world.today();
    const pauses = this.of(contract.book);
    const open = openPause(pauses, today);
    const until = lastOfMonth(today);
    if (open === undefined || open.until === until) {
      throw new ShopError(409, 'NOT_PAUSED', 'Dieses Abo ruht nicht über das Monatsende hinaus.');
    }
    const others = pauses.filter((pause) => pause !== open);
    this.keep(contract, open.from > today ? others : [...others, { from: open.from, until }]);
    this.enter('resume', contract, open);
  }

  /** Oldest first. */
  list(): readonly Booking[] {
    return this.entries.map(({ booking }) => booking);
  }

  clear(): void {
    this.pauses.clear();
    this.entries = [];
  }

  clearHousehold(household: number): void {
    for (const [id, kept] of this.pauses) if (kept.household === household) this.pauses.delete(id);
    this.entries = this.entries.filter((entry) => entry.household !== household);
  }

  private keep({ household, book }: Contract, pauses: readonly Pause[]): void {
    this.pauses.set(book.id, { household: household.number, pauses });
  }

  private enter(kind: 'pause' | 'resume', { household, book }: Contract, { from, until }: Pause): void {
    const at = new Date(this.world.now()).toISOString();
    const account = household.transit?.customerNumber ?? '';
    const booking = { kind, at, account, subscription: book.id, from, until };
    this.entries = [...this.entries, { household: household.number, booking }].slice(-MOST_ENTRIES);
  }
}
