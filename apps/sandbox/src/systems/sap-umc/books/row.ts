import type { EntityType, Property } from '../model/service-model.js';

/**
 * A value as the system keeps it: text, flag, date and time as `YYYY-MM-DDTHH:MM:SS` in UTC, decimal as text with the
 * scale of its property, complex value as a row of its own.
 */
export type Cell = string | boolean | null | Row;

/** One entity. May hold more than its type shows: what another service pack shows, or what relations need. */
export interface Row {
  readonly [property: string]: Cell;
}

/** The value of a property; a property that the books leave out is initial, as in ABAP. */
export function cellOf(property: Property, row: Row): Cell {
  const cell = Object.hasOwn(row, property.name) ? row[property.name] : undefined;
  return cell === undefined ? initial(property) : fitted(property, cell);
}

/** Values of the keys, in the order of the type's keys. */
export function keyCells(type: EntityType, row: Row): string[] {
  return type.keys.map((key) => String(row[key]));
}

function initial(property: Property): Cell {
  switch (property.type) {
    case 'Edm.String':
      return '';
    case 'Edm.Boolean':
      return false;
    case 'Edm.Decimal':
      return `0.${'0'.repeat(property.scale ?? 0)}`;
    default:
      return null;
  }
}

/** Text fields have fixed lengths in SAP: what is longer is cut off. */
function fitted(property: Property, cell: Cell): Cell {
  return typeof cell === 'string' && property.type === 'Edm.String' ? cell.slice(0, property.maxLength) : cell;
}
