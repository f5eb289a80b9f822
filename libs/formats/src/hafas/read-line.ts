import { malformed, type WireObject } from '../wire/wire-object.js';
import type { HafasLine } from './hafas-model.js';

/**
 * Reads one entry of a HAFAS `prodL`. Names are padded with blanks in places.
 * @throws AppError UPSTREAM_MALFORMED when no field names the line
 */
export function readLine(product: WireObject, operator: string | null): HafasLine {
  const context = product.optionalObject('prodCtx');
  const shortName = field(product, 'nameS') ?? field(context, 'line');
  const name = field(product, 'addName') ?? field(product, 'name') ?? field(context, 'name') ?? shortName;
  if (name === null) throw malformed(product.at('name'), 'is missing');
  return { name, shortName, operator, productBits: product.has('cls') ? product.integer('cls') : null };
}

function field(object: WireObject | null, name: string): string | null {
  const text = object?.optionalText(name, 200) ?? '';
  return text.replaceAll(/\s+/g, ' ').trim() || null;
}
