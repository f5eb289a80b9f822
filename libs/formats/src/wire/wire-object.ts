import { AppError, type Omission } from '#lib/kernel';

/** A legacy answer that is not as its format demands. `path` names the place; the value itself is never quoted. */
export function malformed(path: string, reason: string): AppError {
  return new AppError('UPSTREAM_MALFORMED', `${path}: ${reason}`, { path, reason });
}

/**
 * Reads the fields of one legacy object strictly: unknown fields are ignored, a missing or wrong one is
 * UPSTREAM_MALFORMED with its path. Works on parsed JSON and on what the XML parser gives.
 */
export class WireObject {
  private readonly fields: Readonly<Record<string, unknown>>;

  /** @throws AppError UPSTREAM_MALFORMED when `value` is not an object */
  constructor(
    value: unknown,
    readonly path: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(path, 'is not an object');
    this.fields = value as Record<string, unknown>;
  }

  /** Text of at least one character. */
  text(name: string, longest = 10_000): string {
    const value = this.textOrEmpty(name, longest);
    if (value === '') throw malformed(this.at(name), 'is empty');
    return value;
  }

  textOrEmpty(name: string, longest = 10_000): string {
    const value = this.value(name);
    if (value === undefined) throw malformed(this.at(name), 'is missing');
    if (typeof value !== 'string') throw malformed(this.at(name), 'is not text');
    if (value.length > longest) throw malformed(this.at(name), `is longer than ${longest} characters`);
    return value;
  }

  /** Missing, null and empty text are null; anything else must be text. */
  optionalText(name: string, longest = 10_000): string | null {
    const value = this.value(name);
    return value === undefined || value === null || value === '' ? null : this.textOrEmpty(name, longest);
  }

  /** A whole number given as JSON number. */
  integer(name: string): number {
    const value = this.value(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      throw malformed(this.at(name), 'is not a whole number');
    return value;
  }

  boolean(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== 'boolean') throw malformed(this.at(name), 'is not true or false');
    return value;
  }

  object(name: string): WireObject {
    const value = this.value(name);
    if (value === undefined) throw malformed(this.at(name), 'is missing');
    return new WireObject(value, this.at(name));
  }

  /** Missing and null are null. */
  optionalObject(name: string): WireObject | null {
    const value = this.value(name);
    return value === undefined || value === null ? null : this.object(name);
  }

  list(name: string): readonly unknown[] {
    const value = this.value(name);
    if (!Array.isArray(value)) throw malformed(this.at(name), 'is not a list');
    return value;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** The raw field; undefined when missing. Inherited names such as `constructor` count as missing. */
  value(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  /** Path of a field, for error texts. */
  at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

/**
 * Reads each row; a row that is malformed is left out and reported, the others stay whole.
 * @param path path of the list, e.g. `d.results`
 */
export function readRows<T>(
  rows: readonly unknown[],
  path: string,
  readRow: (row: unknown, path: string) => T,
): { value: T[]; omissions: Omission[] } {
  const value: T[] = [];
  const omissions: Omission[] = [];
  rows.forEach((row, index) => {
    try {
      value.push(readRow(row, `${path}[${index}]`));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
      omissions.push({
        path: error.details.path ?? `${path}[${index}]`,
        reason: error.details.reason ?? 'is malformed',
      });
    }
  });
  return { value, omissions };
}
