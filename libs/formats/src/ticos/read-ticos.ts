import type { Loaded } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';

/** What the gates of one organisation unit count. */
interface GateCounter {
  readonly organizationUnitId: number;
  /** People inside as the gates see it. May be negative: gates miss people, and the error adds up until night. */
  readonly persons: number;
  readonly capacity: number;
}

/** An organisation unit of a TICOS tenant: a pool, a sauna. */
interface OrganizationUnit {
  readonly id: number;
  /** Short name in lower case, as used in addresses. */
  readonly name: string;
  /** Name for people. */
  readonly displayName: string;
}

/** No operator has nearly as many gates; a longer list is no answer of this system. */
const MOST_ROWS = 10_000;
/** Beyond any venue; a larger number is a defect of the counter. */
const MOST_PERSONS = 1_000_000;

/**
 * Reads the answer of TICOS `GET /api/gates/counter`. A malformed row costs that row.
 * @throws AppError UPSTREAM_MALFORMED when it is no JSON list, e.g. an ABP error body
 */
export function readGateCounters(bytes: Buffer): Loaded<readonly GateCounter[]> {
  return readRows(parseList(bytes), '', readCounter);
}

/** A file in the format of TICOS: counters or the list of organisation units, told apart by content. */
type TicosFile =
  | ({ readonly kind: 'counters' } & Loaded<readonly GateCounter[]>)
  | ({ readonly kind: 'organizationUnits' } & Loaded<readonly OrganizationUnit[]>);

/**
 * Reads counters or organisation units. An empty list counts as counters: that is what TICOS answers to a
 * tenant that it does not know.
 * @throws AppError UPSTREAM_MALFORMED when it is neither, or when no row of a filled list can be read
 */
export function readTicosFile(bytes: Buffer): TicosFile {
  const rows = parseList(bytes);
  const units = rows.some((row) => isObject(row) && Object.hasOwn(row, 'id'));
  const file: TicosFile = units
    ? { kind: 'organizationUnits', ...readRows(rows, '', readUnit) }
    : { kind: 'counters', ...readRows(rows, '', readCounter) };
  const [first] = file.omissions;
  if (file.value.length === 0 && first) throw malformed(first.path, first.reason);
  return file;
}

function readCounter(row: unknown, path: string): GateCounter {
  const wire = new WireObject(row, path);
  const capacity = readCount(wire, 'maxPersonCount');
  if (capacity < 0) throw malformed(wire.at('maxPersonCount'), 'is negative');
  return { organizationUnitId: wire.integer('organizationUnitId'), persons: readCount(wire, 'personCount'), capacity };
}

function readCount(wire: WireObject, name: string): number {
  const count = wire.integer(name);
  if (Math.abs(count) > MOST_PERSONS) throw malformed(wire.at(name), 'is out of range');
  return count;
}

function readUnit(row: unknown, path: string): OrganizationUnit {
  const wire = new WireObject(row, path);
  return { id: wire.integer('id'), name: wire.text('name', 200), displayName: wire.text('display_name', 200) };
}

function parseList(bytes: Buffer): readonly unknown[] {
  const value = parseJson(bytes);
  if (!Array.isArray(value)) throw malformed('$', 'is not a list');
  if (value.length > MOST_ROWS) throw malformed('$', `has more than ${MOST_ROWS} rows`);
  return value;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
