import { keyCells, type Row } from '../books/row.js';
import type { EntityType } from '../model/service-model.js';

/** The URI under which an entity is known, below the service root: `RegistersToRead(DeviceID='…',RegisterID='001')`. */
export function entityUri(type: EntityType, row: Row): string {
  const values = keyCells(type, row).map((cell, index) => {
    const prefix = type.properties.get(type.keys[index] ?? '')?.type === 'Edm.DateTime' ? 'datetime' : '';
    return `${prefix}'${encodeURIComponent(cell.replaceAll("'", "''"))}'`;
  });
  const predicate =
    values.length === 1 ? values[0] : type.keys.map((key, index) => `${key}=${values[index]}`).join(',');
  return `${type.set}(${predicate})`;
}
