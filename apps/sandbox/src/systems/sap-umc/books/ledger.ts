import type { Booking } from '../../legacy-system.js';

/** A meter reading that a client handed in. */
export interface BookedReading {
  readonly kind: 'meter-reading';
  readonly household: number;
  readonly accountId: string;
  readonly contractId: string;
  readonly deviceId: string;
  readonly registerId: string;
  /** `YYYY-MM-DDTHH:MM:SS` as it was sent. */
  readonly readAt: string;
  /** With as many decimals as the register shows. */
  readonly value: string;
  readonly consumption: string;
  /** Empty without a note. */
  readonly noteId: string;
  readonly resultId: string;
  /** The reading on top of the same request; empty for that one itself. */
  readonly headId: string;
  /** Milliseconds since 1970 on the sandbox's clock. */
  readonly at: number;
}

/** A new amount of an instalment plan. */
export interface BookedPlanChange {
  readonly kind: 'instalment-change';
  readonly household: number;
  readonly accountId: string;
  readonly contractId: string;
  readonly planId: string;
  readonly amount: string;
  readonly from: string;
  readonly at: number;
}

type Entry = BookedReading | BookedPlanChange;

const MOST_ENTRIES = 100_000;

/** The ledger takes no more entries; a reset empties it. */
export class LedgerFull extends Error {
  override readonly name = 'LedgerFull';
}

/** Everything that clients wrote, in the order of booking, above what the world computes. */
export class Ledger {
  private entries: Entry[] = [];
  private readonly byContract = new Map<string, Entry[]>();

  /** @throws LedgerFull past 100,000 entries */
  book(entry: Entry): void {
    if (this.entries.length >= MOST_ENTRIES) throw new LedgerFull(`the ledger holds ${MOST_ENTRIES} entries`);
    this.entries.push(entry);
    const ofContract = this.byContract.get(entry.contractId) ?? [];
    this.byContract.set(entry.contractId, ofContract);
    ofContract.push(entry);
  }

  /** Books all that `work` books, or nothing when it throws. */
  atOnce<T>(work: () => T): T {
    const before = this.entries.length;
    try {
      return work();
    } catch (error) {
      if (this.entries.length > before) this.keep(this.entries.slice(0, before));
      throw error;
    }
  }

  readingsOf(contractId: string): readonly BookedReading[] {
    return (this.byContract.get(contractId) ?? []).filter((entry) => entry.kind === 'meter-reading');
  }

  /** The change that counts: the newest. */
  planChangeOf(contractId: string): BookedPlanChange | undefined {
    return this.byContract.get(contractId)?.findLast((entry) => entry.kind === 'instalment-change');
  }

  forget(household?: number): void {
    this.keep(household === undefined ? [] : this.entries.filter((entry) => entry.household !== household));
  }

  /** All entries, oldest first; `times` is how many of them hold the same facts. */
  bookings(): readonly Booking[] {
    const times = new Map<string, number>();
    for (const entry of this.entries) times.set(factsOf(entry), (times.get(factsOf(entry)) ?? 0) + 1);
    return this.entries.map((entry) => ({ ...bookingOf(entry), times: times.get(factsOf(entry)) }));
  }

  private keep(entries: Entry[]): void {
    this.entries = [];
    this.byContract.clear();
    for (const entry of entries) this.book(entry);
  }
}

/** What makes two entries the same effect. */
function factsOf(entry: Entry): string {
  return entry.kind === 'meter-reading'
    ? [entry.deviceId, entry.registerId, entry.readAt.slice(0, 10), entry.value].join(' ')
    : [entry.contractId, entry.planId, entry.amount, entry.from].join(' ');
}

function bookingOf(entry: Entry): Booking {
  const { kind, accountId: account, contractId: contract } = entry;
  const common = { kind, at: new Date(entry.at).toISOString(), account, contract };
  if (entry.kind === 'instalment-change') {
    return { ...common, plan: entry.planId, amount: entry.amount, from: entry.from };
  }
  const { deviceId: device, registerId: register, readAt, value, noteId: note, resultId: id, headId } = entry;
  return {
    ...common,
    device,
    register,
    day: readAt.slice(0, 10),
    value,
    note,
    id,
    /** Readings of one request have the same. */
    request: headId === '' ? id : headId,
  };
}
