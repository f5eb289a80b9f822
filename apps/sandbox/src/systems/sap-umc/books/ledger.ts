import type { Booking } from '../../legacy-system.js';
import { agentBooking, agentFacts, isAgentEntry, type AgentEntry, type BookedInteraction } from './agent-entries.js';
import { isMoneyEntry, moneyBooking, moneyFacts, type MoneyEntry } from './money-entries.js';
import { productChangeBooking, type BookedProductChange } from './product-changes.js';
import {
  isSupplyEntry,
  supplyBooking,
  supplyFacts,
  type BookedMoveOut,
  type BookedSale,
  type SupplyEntry,
} from './supply-entries.js';

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
  /** MeterReadingStatusID: 1 billable, 2 locked as implausible; later what an agent made of it. */
  readonly statusId: string;
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

type Entry = BookedReading | BookedPlanChange | BookedProductChange | SupplyEntry | MoneyEntry | AgentEntry;

const MOST_ENTRIES = 100_000;

/** The ledger takes no more entries; a reset empties it. */
export class LedgerFull extends Error {
  override readonly name = 'LedgerFull';
}

/** Everything that clients wrote, in the order of booking, above what the world computes. */
export class Ledger {
  private entries: Entry[] = [];
  private readonly byContract = new Map<string, Exclude<Entry, MoneyEntry | AgentEntry>[]>();
  private readonly moneyByAccount = new Map<string, MoneyEntry[]>();
  private readonly agentsByAccount = new Map<string, AgentEntry[]>();

  /** @throws LedgerFull past 100,000 entries */
  book(entry: Entry): void {
    if (this.entries.length >= MOST_ENTRIES) throw new LedgerFull(`the ledger holds ${MOST_ENTRIES} entries`);
    this.entries.push(entry);
    if (isAgentEntry(entry)) {
      const ofAgents = this.agentsByAccount.get(entry.accountId) ?? [];
      this.agentsByAccount.set(entry.accountId, ofAgents);
      ofAgents.push(entry);
      return;
    }
    if (isMoneyEntry(entry)) {
      const ofAccount = this.moneyByAccount.get(entry.accountId) ?? [];
      this.moneyByAccount.set(entry.accountId, ofAccount);
      ofAccount.push(entry);
      return;
    }
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

  /** With the status that agents have given them since. */
  readingsOf(contractId: string): readonly BookedReading[] {
    const readings = (this.byContract.get(contractId) ?? []).filter((entry) => entry.kind === 'meter-reading');
    return readings.map((reading) => ({ ...reading, statusId: this.statusOf(reading) }));
  }

  /** Contacts with a business partner that agents noted, oldest first. */
  interactionsOf(accountId: string): readonly BookedInteraction[] {
    const entries = this.agentsByAccount.get(accountId) ?? [];
    return entries.filter((entry) => entry.kind === 'interaction-record');
  }

  private statusOf({ accountId, resultId, statusId }: BookedReading): string {
    const changes = (this.agentsByAccount.get(accountId) ?? []).filter((entry) => entry.kind === 'reading-status');
    return changes.findLast((change) => change.resultId === resultId)?.statusId ?? statusId;
  }

  /** The change that counts: the newest. */
  planChangeOf(contractId: string): BookedPlanChange | undefined {
    return this.byContract.get(contractId)?.findLast((entry) => entry.kind === 'instalment-change');
  }

  /** The end that was asked for; undefined for a contract that nobody ended. */
  moveOutOf(contractId: string): BookedMoveOut | undefined {
    return this.byContract.get(contractId)?.findLast((entry) => entry.kind === 'move-out');
  }

  /** Contracts that were ordered, by whoever `wanted` is true of. */
  sales(wanted: (sale: BookedSale) => boolean): readonly BookedSale[] {
    return this.entries.filter((entry): entry is BookedSale => entry.kind === 'contract-sale' && wanted(entry));
  }

  /** Other products of a contract, in the order of their days. */
  productChangesOf(contractId: string): readonly BookedProductChange[] {
    return (this.byContract.get(contractId) ?? []).filter((entry) => entry.kind === 'product-change');
  }

  /** Bank accounts, agreements and payments of a business partner, oldest first. */
  moneyOf(accountId: string): readonly MoneyEntry[] {
    return this.moneyByAccount.get(accountId) ?? [];
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
    this.moneyByAccount.clear();
    this.agentsByAccount.clear();
    for (const entry of entries) this.book(entry);
  }
}

/** What makes two entries the same effect. */
function factsOf(entry: Entry): string {
  if (isAgentEntry(entry)) return agentFacts(entry);
  if (isMoneyEntry(entry)) return moneyFacts(entry);
  if (isSupplyEntry(entry)) return supplyFacts(entry);
  if (entry.kind === 'product-change') return [entry.contractId, entry.productId, entry.from].join(' ');
  return entry.kind === 'meter-reading'
    ? [entry.deviceId, entry.registerId, entry.readAt.slice(0, 10), entry.value].join(' ')
    : [entry.contractId, entry.planId, entry.amount, entry.from].join(' ');
}

function bookingOf(entry: Entry): Booking {
  if (isAgentEntry(entry)) return agentBooking(entry);
  if (isMoneyEntry(entry)) return moneyBooking(entry);
  const { kind, accountId: account, contractId: contract } = entry;
  const common = { kind, at: new Date(entry.at).toISOString(), account, contract };
  if (isSupplyEntry(entry)) return { ...common, ...supplyBooking(entry) };
  if (entry.kind === 'product-change') return { ...common, ...productChangeBooking(entry) };
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
