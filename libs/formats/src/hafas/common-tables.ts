import { AppError, type Omission } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import type { HafasLine, HafasLocation, HafasRemark } from './hafas-model.js';
import { readLine } from './read-line.js';
import { readLocation } from './read-location.js';
import { readMessage, readRemark } from './read-remark.js';

type TableName = 'locL' | 'prodL' | 'opL' | 'remL' | 'himL' | 'dirL';

/**
 * The tables of a HAFAS answer that everything else points into by index (`locX: 3`). An index that leads nowhere is
 * malformed and costs the row that holds it; a remark or operator that cannot be read costs only itself and is listed
 * here.
 */
export class CommonTables {
  readonly omissions: Omission[] = [];
  private readonly common: WireObject | null;
  private readonly locations = new Map<number, HafasLocation>();

  constructor(result: WireObject) {
    this.common = result.optionalObject('common');
  }

  /** The location that `owner[field]` points to. */
  location(owner: WireObject, field: string): HafasLocation {
    return this.locationAt(owner.integer(field), owner.at(field));
  }

  /** @param from path of the index, for error texts */
  locationAt(index: number, from: string): HafasLocation {
    const known = this.locations.get(index);
    if (known !== undefined) return known;
    const location = this.readLocation(this.entry('locL', index, from));
    this.locations.set(index, location);
    return location;
  }

  /** A location that stands in the answer itself; its remarks are in the tables all the same. */
  readLocation(location: WireObject): HafasLocation {
    return readLocation(location, this.locationHints(location));
  }

  line(owner: WireObject, field: string): HafasLine {
    const product = this.entry('prodL', owner.integer(field), owner.at(field));
    return readLine(product, product.has('oprX') ? this.orOmit(() => this.operator(product)) : null);
  }

  /** Text of `dirL`, where newer systems keep directions. */
  direction(owner: WireObject, field: string): string | null {
    return this.entry('dirL', owner.integer(field), owner.at(field)).optionalText('txt', 500);
  }

  /** Remarks and messages of a trip or location. */
  remarks(owner: WireObject): HafasRemark[] {
    if (!owner.has('msgL')) return [];
    return owner.list('msgL').flatMap((reference, index) => {
      const path = `${owner.at('msgL')}[${index}]`;
      return this.orOmit(() => this.remark(new WireObject(reference, path))) ?? [];
    });
  }

  private remark(reference: WireObject): HafasRemark | null {
    if (reference.has('himX')) return readMessage(this.entry('himL', reference.integer('himX'), reference.at('himX')));
    if (reference.has('remX')) return readRemark(this.entry('remL', reference.integer('remX'), reference.at('remX')));
    return null;
  }

  private operator(product: WireObject): string | null {
    const operator = this.entry('opL', product.integer('oprX'), product.at('oprX'));
    return operator.optionalText('name', 300)?.trim() || null;
  }

  /** Texts of a location's `msgL` and, in older systems, `rRefL`. */
  private locationHints(location: WireObject): string[] {
    const references = location.has('rRefL') ? location.list('rRefL') : [];
    const direct = references.flatMap((index, position) => {
      const from = `${location.at('rRefL')}[${position}]`;
      return (typeof index === 'number' && this.orOmit(() => readRemark(this.entry('remL', index, from)))) || [];
    });
    return [...direct, ...this.remarks(location)].map((remark) => remark.text);
  }

  private orOmit<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
      this.omissions.push({ path: error.details.path ?? 'common', reason: error.details.reason ?? 'is malformed' });
      return null;
    }
  }

  private entry(table: TableName, index: number, from: string): WireObject {
    const rows = this.common?.has(table) ? this.common.list(table) : [];
    if (!Number.isInteger(index) || index < 0 || index >= rows.length) {
      throw malformed(from, `points outside common.${table}`);
    }
    return new WireObject(rows[index], `${this.common?.at(table)}[${index}]`);
  }
}
