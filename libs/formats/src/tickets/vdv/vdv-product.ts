import { addDays, berlinInstant, calendarDate, type Instant, type Money } from '#lib/kernel';
import type { TicketValidity, TravelClass } from '../ticket-facts.js';

/** An authorisation by VDV-KA. */
export interface VdvProduct {
  /** Number of the authorisation, given by its issuer. */
  readonly ticketId: string;
  /** VDV-KA number of the organisation that sold it (KVP). */
  readonly issuerOrg: number;
  readonly productNumber: number;
  /** VDV-KA number of the organisation that defines the product (PV). */
  readonly ownerOrg: number;
  /** Null when a moment is not one. */
  readonly validity: TicketValidity | null;
  readonly travelClass: TravelClass | null;
  readonly price: Money | null;
}

/** Numbers of the Germany-wide products; all others are the product owner's. */
const NATIONWIDE: Readonly<Record<number, string>> = { 9999: 'Deutschlandticket' };

export function vdvProductName(productNumber: number): string | null {
  return NATIONWIDE[productNumber] ?? null;
}

export const PRODUCT_HEAD_BYTES = 18;

/** The first 18 bytes of any authorisation. */
export function readProductHead(bytes: Buffer, at: number): Omit<VdvProduct, 'travelClass' | 'price'> {
  const from = compactTime(bytes.readUInt32BE(at + 10));
  const until = compactTime(bytes.readUInt32BE(at + 14));
  return {
    ticketId: String(bytes.readUInt32BE(at)),
    issuerOrg: bytes.readUInt16BE(at + 4),
    productNumber: bytes.readUInt16BE(at + 6),
    ownerOrg: bytes.readUInt16BE(at + 8),
    validity: from === null || until === null ? null : { from, until },
  };
}

/** Years from 1990 in 7 bits, month 4, day 5, hour 5, minute 6, seconds in twos 5; local time. */
export function compactTime(value: number): Instant | null {
  const bits = (shift: number, count: number): number => Math.floor(value / 2 ** shift) % 2 ** count;
  const date = calendarDate(1990 + bits(25, 7), bits(21, 4), bits(16, 5));
  const [hour, minute, second] = [bits(11, 5), bits(5, 6), bits(0, 5) * 2];
  if (date === undefined || hour > 24 || minute > 59 || second > 59) return null;
  // 24:00 is the end of a day.
  return hour === 24 ? berlinInstant(addDays(date, 1), 0, minute, second) : berlinInstant(date, hour, minute, second);
}
