import { AppError, parseCalendarDate, type CalendarDate } from '#lib/kernel';

type Fields = Readonly<Record<string, unknown>>;

/** @throws AppError INVALID_INPUT with `path` when it is no object */
export function objectAt(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(path, 'must be an object');
  return value as Fields;
}

/** Text of 1 to `longest` characters. Inherited names such as `constructor` count as missing. */
export function textAt(fields: Fields, name: string, path: string, longest: number): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value !== 'string' || value === '') throw invalid(path, 'must be text');
  if (value.length > longest) throw invalid(path, `must have at most ${longest} characters`);
  return value;
}

/** Missing and null are null. */
export function optionalTextAt(fields: Fields, name: string, path: string, longest: number): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value === undefined || value === null ? null : textAt(fields, name, path, longest);
}

export function dayAt(fields: Fields, name: string, path: string): CalendarDate {
  const day = parseCalendarDate(textAt(fields, name, path, 10));
  if (day === undefined) throw invalid(path, 'must be an existing day YYYY-MM-DD');
  return day;
}

/** Missing and null are null. */
export function optionalDayAt(fields: Fields, name: string, path: string): CalendarDate | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value === undefined || value === null ? null : dayAt(fields, name, path);
}

/** A list of 1 to `most` elements. */
export function listAt(fields: Fields, name: string, path: string, most: number): readonly unknown[] {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    throw invalid(path, `must be a list of 1 to ${most}`);
  }
  return value as unknown[];
}

export function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path}: ${reason}`, { path, reason });
}
