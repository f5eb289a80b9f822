import { calendarDate, parseCalendarDate, parseDecimal, type CalendarDate, type DecimalText } from '#lib/kernel';

const LONGEST_NUMBER = 40;

/**
 * A number as OpenImmo writes it (`xsd:decimal`: dot, no thousands). A comma is taken for the decimal sign only where
 * it can be nothing else: no dot, and one or two digits behind it. `1,234` and `1.234,50` are refused.
 */
export function openImmoDecimal(text: string, scale: number): DecimalText | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  const dotted = /^[+-]?\d+,\d{1,2}$/.test(text) ? text.replace(',', '.') : text;
  // xsd:decimal allows `5.` and `.5`.
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(dotted);
  if (!match || (!match[2] && !match[3])) return undefined;
  return parseDecimal(`${match[1]}${match[2] || '0'}.${match[3] || '0'}`, scale);
}

/** `true`, `false`, `1`, `0` (xsd:boolean), whatever their case. */
export function openImmoFlag(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** `2026-12-01` with or without a time or zone behind it, or `01.12.2026`. */
export function openImmoDate(text: string): CalendarDate | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (german) return calendarDate(Number(german[3]), Number(german[2]), Number(german[1]));
  const iso = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2}|[T ][\d:.]{1,24}(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  return iso ? parseCalendarDate(iso[1]!) : undefined;
}
