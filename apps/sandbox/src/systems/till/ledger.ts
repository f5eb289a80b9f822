import type { Household } from '../../world/household.js';
import { cents, euros } from '../../world/money.js';
import type { World } from '../../world/world.js';
import type { Booking } from '../legacy-system.js';

/** Entries kept in the books; past them the oldest is forgotten, while the balances stay. */
const MOST_ENTRIES = 10_000;
const HIGHEST_BALANCE_CENTS = 50_000;

/** Where money lies: on a client's card, or at the client without any. */
export interface Account {
  readonly household: Household;
  readonly clientId: number;
  /** Null: a client without a card. */
  readonly uid: string | null;
  readonly seedCents: number;
}

/** A booking before it has a time and a balance. `amount` is signed and in cents. */
export interface Posting {
  readonly kind: 'deposit' | 'order' | 'foreign-booking';
  readonly account: Account;
  readonly amountCents: number;
  readonly paymentId: number;
}

/** A booking that was made. */
export interface Entry extends Posting {
  /** Running number since the seed. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly oldCents: number;
  readonly newCents: number;
}

/** The card would hold less than nothing or more than 500 €. */
export class BalanceOutOfBounds extends Error {
  override readonly name = 'BalanceOutOfBounds';
}

interface Kept {
  readonly household: number;
  readonly cents: number;
  readonly at: number;
}

/** The balances of all cards and what moved them, in whole cents. */
export class Ledger {
  private readonly kept = new Map<string, Kept>();
  private entries: Entry[] = [];
  private lastNumber = 0;

  constructor(private readonly world: World) {}

  balance(account: Account): number {
    return this.kept.get(keyOf(account))?.cents ?? account.seedCents;
  }

  /** When the balance moved last, in milliseconds since 1970; undefined: never since the seed. */
  movedAt(account: Account): number | undefined {
    return this.kept.get(keyOf(account))?.at;
  }

  /** @throws BalanceOutOfBounds when nothing was booked */
  book(posting: Posting): Entry {
    const oldCents = this.balance(posting.account);
    const newCents = oldCents + posting.amountCents;
    if (newCents < 0 || newCents > HIGHEST_BALANCE_CENTS) {
      throw new BalanceOutOfBounds(
        newCents < 0 ? 'Balance is too low' : 'Balance exceeds the maximum of the smart card',
      );
    }
    this.lastNumber += 1;
    const at = this.world.now();
    const entry = { ...posting, number: this.lastNumber, at, oldCents, newCents };
    this.kept.set(keyOf(posting.account), { household: posting.account.household.number, cents: newCents, at });
    this.entries = [...this.entries, entry].slice(-MOST_ENTRIES);
    return entry;
  }

  /** Money that came in, of all clients and by whomever, from the first instant on and before the second, oldest first. */
  deposits(from: number, till: number): readonly Entry[] {
    return this.entries.filter(({ amountCents, at }) => amountCents > 0 && at >= from && at < till);
  }

  /** Oldest first. */
  list(): readonly Booking[] {
    return this.entries.map(({ kind, at, account, amountCents, newCents, paymentId, number }) => ({
      kind,
      at: new Date(at).toISOString(),
      account: String(account.clientId),
      card: account.uid,
      amount: euros(amountCents),
      balance: euros(newCents),
      paymentId,
      number,
    }));
  }

  clear(): void {
    this.kept.clear();
    this.entries = [];
    this.lastNumber = 0;
  }

  clearHousehold(household: number): void {
    for (const [key, kept] of this.kept) if (kept.household === household) this.kept.delete(key);
    this.entries = this.entries.filter(({ account }) => account.household.number !== household);
  }
}

/** The accounts of a household at the till, the first card first. */
export function accountsOf(household: Household | undefined): readonly Account[] {
  if (!household?.pools) return [];
  const { clientId, cards } = household.pools;
  if (cards.length === 0) return [{ household, clientId, uid: null, seedCents: 0 }];
  return cards.map(({ uid, balance }) => ({ household, clientId, uid, seedCents: cents(balance) }));
}

function keyOf({ clientId, uid }: Account): string {
  return uid ?? `client ${clientId}`;
}
