import type { Labels } from '#lib/customer';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import { METER, METERED } from '../labels.js';
import type { Meter } from './meter.js';
import { pageOf, parsePage, type Page, type PageInput, type PageQuery } from '../page.js';
import { cutToScale } from './reading-rules.js';

/** Who took a reading (Ableseart). */
export const READING_CATEGORIES = ['UTILITY', 'CUSTOMER', 'ESTIMATE', 'OTHER'] as const;
export type ReadingCategory = (typeof READING_CATEGORIES)[number];

/** What has become of a reading (Ablesestatus). ORDERED: it is asked for and not there yet. */
export const READING_STATES = [
  'ORDERED',
  'BILLABLE',
  'IMPLAUSIBLE',
  'LOCKED',
  'RELEASED',
  'CHECKED',
  'BILLED',
  'OTHER',
] as const;
export type ReadingState = (typeof READING_STATES)[number];

/** Why a meter was read (Ablesegrund). */
export const READING_REASONS = [
  'PERIODIC',
  'INTERIM_BILLED',
  'INTERIM',
  'MOVE_OUT',
  'MOVE_IN',
  'CONTROL',
  'REMOVAL',
  'DISCONNECTION',
  'RECONNECTION',
  'OTHER',
] as const;
export type ReadingReason = (typeof READING_REASONS)[number];

/** A reading (Zählerstand) in the history of a meter. */
export interface KeptReading {
  /** SAP's number of the reading. */
  readonly number: string;
  readonly register: string;
  readonly date: CalendarDate;
  readonly value: DecimalText;
  /** Unit of the value, e.g. `kWh`; null when the system does not say. */
  readonly unit: string | null;
  readonly category: ReadingCategory;
  readonly state: ReadingState;
  readonly reason: ReadingReason;
}

export const keptReadingLabels: Labels<KeptReading> = {
  number: METER,
  register: METER,
  date: METERED,
  value: METERED,
  unit: METER,
  category: METERED,
  state: METERED,
  reason: METERED,
};

const CURSOR = 'MeterReadingCursor';

/** Which readings of a history, and how many of them. */
export interface ReadingQuery extends PageQuery {
  /** Only in one of these states; null: in any. */
  readonly states: readonly ReadingState[] | null;
}

/** What callers give. */
export interface ReadingInput extends PageInput {
  readonly states?: readonly ReadingState[] | null;
}

/** @throws AppError INVALID_INPUT with path `first` or `after` */
export function parseReadingPage({ states = null, ...input }: ReadingInput): ReadingQuery {
  return { ...parsePage(input, CURSOR), states };
}

/**
 * What a meter's history tells this customer, newest first: nothing from before the supply began, which is someone
 * else's, no orders without a value, no row twice, and of each value what the meter shows.
 */
export function pageOfHistory(readings: readonly KeptReading[], meter: Meter, query: ReadingQuery): Page<KeptReading> {
  const own = readings.filter(
    ({ date, state, number }, index) =>
      date >= meter.since &&
      state !== 'ORDERED' &&
      (query.states === null || query.states.includes(state)) &&
      readings.findIndex((other) => other.number === number) === index,
  );
  const page = pageOf(own, ({ date, register, number }) => `${date}/${register}/${number}`, query, CURSOR);
  return { ...page, items: page.items.map((reading) => ({ ...reading, value: shownValue(reading, meter) })) };
}

/** Registers of earlier devices are no longer listed: then all of the value that says anything. */
function shownValue({ value, register }: KeptReading, { registers }: Meter): DecimalText {
  const known = registers.find(({ number }) => number === register);
  const decimals = known?.decimals ?? (value.split('.')[1] ?? '').replace(/0+$/, '').length;
  return cutToScale(value, decimals);
}
