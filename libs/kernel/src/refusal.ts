import type { DecimalText } from './decimal.js';
import type { CalendarDate } from './time.js';

/** What the customer can correct, wait for or decide anew, as a closed list. Each has a sentence in all languages. */
export const REFUSAL_CODES = [
  'LINK_NOT_PROVEN',
  'TOO_MANY_ATTEMPTS',
  'TEXT_OUTDATED',
  'READING_IMPLAUSIBLE',
  'READING_BELOW_LAST',
  'REGISTER_MISSING',
  'NOT_A_NUMBER',
  'TOO_MANY_DIGITS',
  'TOO_MANY_DECIMALS',
  'DATE_IN_FUTURE',
  'DATE_TOO_EARLY',
  'DATE_TOO_LATE',
  'AMOUNT_OUT_OF_BOUNDS',
  'CHANGED_MEANWHILE',
  'TEXT_MISSING',
  'TEXT_TOO_LONG',
  'NOT_YOURS',
  'NOT_POSSIBLE',
  'MANDATE_NOT_PROVEN',
  'ALREADY_ENDING',
  'WITHDRAWAL_OVER',
  'ORDER_NOT_CONFIRMED',
  'SUPPLY_POINT_UNKNOWN',
  'PRODUCT_UNKNOWN',
  'FORM_EXPIRED',
  'SEARCH_TOO_WIDE',
  'IBAN_INVALID',
  'IBAN_NOT_SEPA',
  'ALREADY_PAID',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A value that would be accepted, and what people read for it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One thing that stands against a request. */
export interface Problem {
  /** Name of the input, e.g. `textVersion`. */
  readonly path: string;
  readonly code: RefusalCode;
  readonly choices?: readonly Choice[];
  readonly minimum?: DecimalText;
  readonly maximum?: DecimalText;
  readonly earliest?: CalendarDate;
}

export interface RefusalFacts {
  readonly problems?: readonly Problem[];
  readonly retryAfterSeconds?: number;
  /** The subsidiary's own words for the customer. */
  readonly subsidiaryMessage?: string;
}

/** An expected outcome, not an error: the request was understood and not carried out. It is returned, never thrown. */
export class Refusal {
  readonly problems: readonly Problem[];
  /** Seconds after which another try makes sense; null when waiting does not help. */
  readonly retryAfterSeconds: number | null;
  readonly subsidiaryMessage: string | null;

  constructor(
    readonly code: RefusalCode,
    { problems = [], retryAfterSeconds, subsidiaryMessage }: RefusalFacts = {},
  ) {
    this.problems = problems;
    this.retryAfterSeconds = retryAfterSeconds ?? null;
    this.subsidiaryMessage = subsidiaryMessage ?? null;
  }
}
