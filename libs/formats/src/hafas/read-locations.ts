import type { Omission } from '#lib/kernel';
import { readRows, WireObject } from '../wire/wire-object.js';
import { CommonTables } from './common-tables.js';
import type { HafasLocation } from './hafas-model.js';

export interface HafasLocations {
  readonly locations: readonly HafasLocation[];
  readonly omissions: readonly Omission[];
}

/**
 * Reads the result of HAFAS LocMatch (`match.locL`), LocGeoPos or LocDetails (`locL`), best match first.
 * Nothing found may come without a list.
 */
export function readLocations(result: WireObject): HafasLocations {
  const tables = new CommonTables(result);
  const holder = result.optionalObject('match') ?? result;
  const rows = holder.has('locL') ? holder.list('locL') : [];
  const { value, omissions } = readRows(rows, holder.at('locL'), (row, path) =>
    tables.readLocation(new WireObject(row, path)),
  );
  return { locations: value, omissions: [...omissions, ...tables.omissions] };
}
