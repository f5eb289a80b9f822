import type { ReadingCategory, ReadingReason, ReadingState } from '../../model/meters/kept-reading.js';

/** MeterReadingCategoryID (domain.md section 1). */
const CATEGORIES: Readonly<Record<string, ReadingCategory>> = { '01': 'UTILITY', '02': 'CUSTOMER', '03': 'ESTIMATE' };

/** MeterReadingStatusID. */
const STATES: Readonly<Record<string, ReadingState>> = {
  '0': 'ORDERED',
  '1': 'BILLABLE',
  '2': 'IMPLAUSIBLE',
  '3': 'LOCKED',
  '4': 'RELEASED',
  '5': 'CHECKED',
  '7': 'BILLED',
};

/** MeterReadingReasonID. What concerns billing alone (21, 22) says nothing to a customer. */
const REASONS: Readonly<Record<string, ReadingReason>> = {
  '01': 'PERIODIC',
  '02': 'INTERIM_BILLED',
  '03': 'MOVE_OUT',
  '06': 'MOVE_IN',
  '09': 'INTERIM',
  '10': 'CONTROL',
  '12': 'REMOVAL',
  '13': 'DISCONNECTION',
  '18': 'RECONNECTION',
};

export function readingCategoryOf(code: string | null): ReadingCategory {
  return meaningOf(CATEGORIES, code);
}

export function readingStateOf(code: string | null): ReadingState {
  return meaningOf(STATES, code);
}

export function readingReasonOf(code: string | null): ReadingReason {
  return meaningOf(REASONS, code);
}

function meaningOf<T extends string>(table: Readonly<Record<string, T>>, code: string | null): T | 'OTHER' {
  return code !== null && Object.hasOwn(table, code) ? table[code]! : 'OTHER';
}
