import type { Booking } from '../../legacy-system.js';

/** The end of a contract that a client asked for (function import MoveOut). */
export interface BookedMoveOut {
  readonly kind: 'move-out';
  readonly household: number;
  readonly accountId: string;
  readonly contractId: string;
  /** Last day of supply, `YYYY-MM-DD`. */
  readonly until: string;
  readonly at: number;
}

/** A contract that a client ordered (deep insert of a ContractSale). */
export interface BookedSale {
  readonly kind: 'contract-sale';
  readonly household: number;
  readonly accountId: string;
  /** The new contract's. */
  readonly contractId: string;
  readonly contractAccountId: string;
  readonly division: '01' | '02';
  readonly productId: string;
  readonly productName: string;
  readonly pointOfDeliveryId: string;
  readonly from: string;
  /** Readings at the beginning as `register value`, in the order in which they were sent. */
  readonly readings: readonly string[];
  readonly at: number;
}

export type SupplyEntry = BookedMoveOut | BookedSale;

export function isSupplyEntry(entry: { readonly kind: string }): entry is SupplyEntry {
  return entry.kind === 'move-out' || entry.kind === 'contract-sale';
}

/** What makes two entries the same effect; the number that SAP gives is not part of it. */
export function supplyFacts(entry: SupplyEntry): string {
  return entry.kind === 'move-out'
    ? [entry.kind, entry.contractId, entry.until].join(' ')
    : [entry.kind, entry.accountId, entry.pointOfDeliveryId, entry.from].join(' ');
}

/** What the control endpoint shows of an entry beside what all have. */
export function supplyBooking(entry: SupplyEntry): Partial<Booking> {
  if (entry.kind === 'move-out') return { until: entry.until };
  const { productId: product, division, from, readings } = entry;
  return { product, division, from, readings: readings.join(', ') };
}
