import { berlinInstant, calendarDate, type Instant } from '#lib/kernel';
import type { TicketValidity } from '../ticket-facts.js';
import type { TicketLayout } from './read-layout.js';

const MOMENT = String.raw`(\d{2})\.(\d{2})\.(\d{4})(?:,?\s{1,3}(\d{2}):(\d{2}))?`;
const PERIOD = new RegExp(String.raw`${MOMENT}[^\d]{1,20}${MOMENT}`);
/** RCT2 prints the document's name in the middle of the first line and what it is for below. */
const TITLE_COLUMN = 18;

/** The only text with two dates is the period of validity; a birthday is a single one. */
export function printedValidity(layout: TicketLayout | null): TicketValidity | null {
  for (const { text } of layout?.fields ?? []) {
    const parts = PERIOD.exec(text)?.slice(1);
    const from = parts && momentOf(parts.slice(0, 5), '00:00:00');
    const until = parts && momentOf(parts.slice(5), '23:59:59');
    if (from && until) return { from, until };
  }
  return null;
}

export function printedProduct(layout: TicketLayout | null): string | null {
  if (layout?.standard !== 'RCT2') return null;
  const titleOf = (line: number): string | undefined =>
    layout.fields.find((field) => field.line === line && field.column === TITLE_COLUMN)?.text.trim();
  return titleOf(1) || titleOf(0) || null;
}

function momentOf(parts: readonly (string | undefined)[], otherwise: string): Instant | null {
  const [day, month, year] = parts.slice(0, 3).map(Number);
  const date = calendarDate(year ?? 0, month ?? 0, day ?? 0);
  const time = parts[3] === undefined ? otherwise : `${parts[3]}:${parts[4]}:00`;
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return date === undefined || hour > 23 || minute > 59 ? null : berlinInstant(date, hour, minute, second);
}
