import { calendarDate, instantOf, type Instant } from '#lib/kernel';
import { malformed } from '../../wire/wire-object.js';
import { decodeText } from '../decode-text.js';
import type { UicHead } from '../ticket-model.js';
import type { UicBlock } from './uic-container.js';

const SHAPE = /^(.{4})(.{20})(\d{12}|.{12})(\d)(.{2})(.{2})/s;
const INTERNATIONAL = 1;
const SPECIMEN = 4;

/** Block U_HEAD: issuer, key of the ticket, time of the last edit (UTC), flags, languages. */
export function readHead({ content }: UicBlock): UicHead {
  const [, issuer = '', key = '', time = '', flags = '0', ...languages] = SHAPE.exec(content.toString('latin1')) ?? [];
  if (issuer === '') throw malformed('U_HEAD', 'is not 41 characters of its layout');
  return {
    issuer: issuer.trim(),
    ticketKey: clean(key),
    editedAt: timeOf(time),
    international: (Number(flags) & INTERNATIONAL) !== 0,
    specimen: (Number(flags) & SPECIMEN) !== 0,
    languages: languages.map((language) => language.trim()).filter((language) => language !== ''),
  };
}

/** Keys are filled up with NUL or blanks. */
function clean(key: string): string {
  return decodeText(Buffer.from(key, 'latin1')).replace(/[\0\s]+$/, '');
}

/** `DDMMYYYYHHMM`. */
function timeOf(text: string): Instant | null {
  const [day, month, year, hour, minute] = [/^(\d\d)(\d\d)(\d{4})(\d\d)(\d\d)$/.exec(text)]
    .flatMap((match) => match?.slice(1) ?? [])
    .map(Number);
  const date = calendarDate(year ?? 0, month ?? 0, day ?? 0);
  if (date === undefined || (hour ?? 24) > 23 || (minute ?? 60) > 59) return null;
  return instantOf(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute));
}
