import { addDays, berlinDate, epochOf, instantOf, type Instant, type Refusal } from '#lib/kernel';
import type { ContactDirection } from './contact-record.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';

/** A contact as an agent notes it. */
export type ContactWish = {
  readonly at: Instant;
  readonly direction: ContactDirection;
  /** Codes of the system's own lists. */
  readonly channel: string;
  readonly reason: string;
  /** Null without a category. */
  readonly category: string | null;
  readonly subject: string;
  readonly note: string | null;
};

/** The house's own lists, the same for everyone. */
export interface ContactChoices {
  readonly reasons: readonly NamedCode[];
  readonly channels: readonly NamedCode[];
  readonly categories: readonly (NamedCode & { readonly parent: string | null })[];
}

export interface NamedCode {
  readonly code: string;
  readonly name: string;
}

const SHORTEST_SUBJECT = 3;
/** Length of SAP's Description. */
const LONGEST_SUBJECT = 40;
const LONGEST_NOTE = 1_200;

/** Clocks of counters differ a little. */
const AHEAD_MS = 5 * 60_000;
/** What is noted later than this is no note of a contact any more [house rule]. */
const BACK_DAYS = 31;

/** What stands against the wish whatever SAP says. */
export function refusalOfContact({ at, subject, note }: ContactWish, now: number): Refusal | null {
  return refusalBy([
    ...problemAt('at', objectionToTime(at, now)),
    ...problemAt('subject', objectionToText(subject, SHORTEST_SUBJECT, LONGEST_SUBJECT)),
    ...problemAt('note', note === null ? null : objectionToText(note, 1, LONGEST_NOTE)),
  ]);
}

/** What stands against the wish by the lists, with what could be chosen instead. */
export function refusalByChoices({ reason, channel, category }: ContactWish, choices: ContactChoices): Refusal | null {
  return refusalBy([
    ...problemAt('reason', objectionToCode(reason, choices.reasons)),
    ...problemAt('channel', objectionToCode(channel, choices.channels)),
    ...problemAt('category', category === null ? null : objectionToCode(category, choices.categories)),
  ]);
}

/** One line: line ends and other control characters are blanks. */
export function plainLine(text: string): string {
  return withoutHidden(text.replace(/[\s\p{Cc}]+/gu, ' ')).trim();
}

/** Lines of text; other control characters are dropped, as are marks that change how text is read. */
export function plainLines(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\t/g, ' ');
  return withoutHidden(lines.replace(/(?!\n)\p{Cc}/gu, '')).trim();
}

function withoutHidden(text: string): string {
  return text.normalize('NFC').replace(/\p{Cf}|\p{Surrogate}/gu, '');
}

function objectionToTime(at: Instant, now: number): Objection | null {
  if (epochOf(at) > now + AHEAD_MS) return { code: 'DATE_IN_FUTURE' };
  const earliest = addDays(berlinDate(instantOf(now)), -BACK_DAYS);
  return berlinDate(at) < earliest ? { code: 'DATE_TOO_EARLY', earliest } : null;
}

function objectionToText(text: string, least: number, most: number): Objection | null {
  if (text.length < least) return { code: 'TEXT_MISSING' };
  return text.length > most ? { code: 'TEXT_TOO_LONG' } : null;
}

function objectionToCode(wished: string, known: readonly NamedCode[]): Objection | null {
  if (known.some(({ code }) => code === wished)) return null;
  return { code: 'NOT_POSSIBLE', choices: known.map(({ code, name }) => ({ value: code, label: name })) };
}
