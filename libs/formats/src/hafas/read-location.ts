import { malformed, type WireObject } from '../wire/wire-object.js';
import { parseLid, type HafasLid } from './hafas-lid.js';
import type { HafasLocation } from './hafas-model.js';

const KINDS: ReadonlyMap<string, HafasLocation['kind']> = new Map([
  ['S', 'STOP'],
  ['A', 'ADDRESS'],
  ['P', 'POI'],
  ['1', 'STOP'],
  ['2', 'ADDRESS'],
  ['4', 'POI'],
]);

/** Country, district, stop, and possibly area and quay (VDV 432); a scheme such as `A×` may stand before it. */
const DHID = /^(?:[A-Z]{1,3}×)?([a-z]{2}:\d{1,8}:[\w.-]{1,32}(?::[\w.-]{0,32}){0,2})$/;

/**
 * Reads one entry of a HAFAS `locL`. What `extId`, `type`, `name` and `crd` leave out is taken from the `lid`.
 * @param hints texts of the location's remarks; older systems put the DHID there
 * @throws AppError UPSTREAM_MALFORMED when it has no name, or is a stop without a number
 */
export function readLocation(location: WireObject, hints: readonly string[] = []): HafasLocation {
  const lid = parseLid(location.optionalText('lid') ?? '');
  const kind = KINDS.get(location.optionalText('type', 10) ?? lid.kind ?? '') ?? 'OTHER';
  const number = location.optionalText('extId', 64) ?? lid.number;
  if (kind === 'STOP' && number === null) throw malformed(location.at('extId'), 'is missing');
  const name = location.optionalText('name', 500) ?? lid.name;
  if (name === null) throw malformed(location.at('name'), 'is missing');
  return {
    kind,
    number,
    dhid: findDhid([...globalIds(location), lid.globalId ?? '', ...hints]),
    name,
    position: readPosition(location.optionalObject('crd'), lid),
    productBits: location.has('pCls') ? location.integer('pCls') : null,
  };
}

/** Degrees from millionths; the point 0, 0 in the Atlantic stands for "unknown". */
export function readPosition(coordinates: WireObject | null, lid: HafasLid | null = null): HafasLocation['position'] {
  const x = coordinates?.value('x') ?? lid?.x;
  const y = coordinates?.value('y') ?? lid?.y;
  if (typeof x !== 'number' || typeof y !== 'number' || (x === 0 && y === 0)) return null;
  if (Math.abs(x) > 180_000_000 || Math.abs(y) > 90_000_000) return null;
  return { latitude: y / 1_000_000, longitude: x / 1_000_000 };
}

/** `gidL` is a list of texts, its successor `globalIdL` one of objects. */
function globalIds(location: WireObject): string[] {
  return [location.value('globalIdL'), location.value('gidL')].flatMap(asList).map((entry) => {
    const id = typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : entry;
    return typeof id === 'string' ? id : '';
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function findDhid(candidates: readonly string[]): string | null {
  for (const candidate of candidates) {
    const dhid = DHID.exec(candidate)?.[1];
    if (dhid !== undefined) return dhid;
  }
  return null;
}
