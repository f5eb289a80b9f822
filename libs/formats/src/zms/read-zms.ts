import type { Loaded, Omission } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';
import { readDate, readDay, readDaySlots, readTimes } from './read-days.js';
import { readProvider, readRelation, readScope, readService } from './read-places.js';
import { readProcess, readQueue } from './read-process.js';
import { optionalFlag, optionalTimestamp, rowsOf } from './zms-fields.js';
import type { ZmsDocument } from './zms-model.js';

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads an answer of ZMS, the queue and appointment system of Berlin's and Munich's citizens' offices: sources with
 * services and scopes, booking calendars, free times, processes (also those of the citizen API), queues and refusals.
 * What it is, its content tells. A malformed row costs that row.
 * @throws AppError UPSTREAM_MALFORMED when it is none of these, or when no row of a filled list can be read
 */
export function readZmsDocument(bytes: Uint8Array): Loaded<ZmsDocument> {
  const document = parseJson(bytes);
  const root = Array.isArray(document) ? null : new WireObject(document, '$');
  if (root === null || !root.has('meta')) return readData(document, '$');
  const meta = root.object('meta');
  if (optionalFlag(meta, 'error') === true)
    return plain({ kind: 'error', codes: [meta.optionalText('exception', 500) ?? 'unknown'] });
  if (!root.has('data')) throw malformed('$.data', 'is missing');
  return readData(root.value('data'), '$.data');
}

function readData(data: unknown, path: string): Loaded<ZmsDocument> {
  if (data === null || Array.isArray(data)) return readList(rowsOf(data, path), path);
  const wire = new WireObject(data, path);
  if (wire.has('errors')) return readErrors(wire);
  if (wire.has('appointmentTimestamps')) {
    const times = readTimes(wire.value('appointmentTimestamps'), wire.at('appointmentTimestamps'), null);
    return plain({ kind: 'slots', slots: times });
  }
  if (isProcess(wire)) return plain({ kind: 'processes', processes: [readProcess(data, path)] });
  if (wire.has('bookableEnd') || schemaOf(wire).endsWith('/calendar.json')) return readCalendar(wire);
  if (wire.has('startDate') && wire.has('days')) return readFreeDays(wire);
  if (SOURCE_PARTS.some((name) => wire.has(name))) return readSource(wire);
  if (wire.has('arrivalTime')) return plain({ kind: 'queue', queue: [readQueue(data, path)] });
  if (isScope(wire)) return plain({ kind: 'scopes', scopes: [readScope(data, path)] });
  return readList(rowsOf(data, path), path);
}

const SOURCE_PARTS = ['providers', 'requests', 'scopes', 'requestrelation', 'offices', 'services', 'relations'];

function isProcess(wire: WireObject): boolean {
  return wire.has('processId') || wire.has('appointments') || schemaOf(wire).endsWith('/process.json');
}

function isScope(wire: WireObject): boolean {
  return wire.has('id') && (wire.has('provider') || wire.has('shortName') || schemaOf(wire).endsWith('/scope.json'));
}

function schemaOf(wire: WireObject): string {
  const schema = wire.value('$schema');
  return typeof schema === 'string' ? schema : '';
}

/** The first row tells what the list is of. */
function readList(rows: readonly unknown[], path: string): Loaded<ZmsDocument> {
  if (rows.length === 0) return plain({ kind: 'processes', processes: [] });
  const first = new WireObject(rows[0], `${path}[0]`);
  if (first.has('errorCode'))
    return plain({ kind: 'error', codes: rows.map((row, index) => readErrorCode(row, `${path}[${index}]`)) });
  if (isProcess(first)) return listOf(rows, path, readProcess, (processes) => ({ kind: 'processes', processes }));
  if (first.has('arrivalTime')) return listOf(rows, path, readQueue, (queue) => ({ kind: 'queue', queue }));
  if (isScope(first)) return listOf(rows, path, readScope, (scopes) => ({ kind: 'scopes', scopes }));
  throw malformed(path, 'is no answer of ZMS');
}

function listOf<T>(
  rows: readonly unknown[],
  path: string,
  read: (row: unknown, path: string) => T,
  wrap: (values: readonly T[]) => ZmsDocument,
): Loaded<ZmsDocument> {
  const { value, omissions } = readRows(rows, path, read);
  const [first] = omissions;
  if (value.length === 0 && first) throw malformed(first.path, first.reason);
  return { value: wrap(value), omissions };
}

function readSource(wire: WireObject): Loaded<ZmsDocument> {
  const omissions: Omission[] = [];
  const part = partReader(wire, omissions);
  const value: ZmsDocument = {
    kind: 'source',
    providers: [...part('providers', readProvider), ...part('offices', readProvider)],
    services: [...part('requests', readService), ...part('services', readService)],
    scopes: part('scopes', readScope),
    relations: [...part('requestrelation', readRelation), ...part('relations', readRelation)],
    days: part('days', readDay),
  };
  return { value, omissions };
}

function readCalendar(wire: WireObject): Loaded<ZmsDocument> {
  const omissions: Omission[] = [];
  const part = partReader(wire, omissions);
  const value: ZmsDocument = {
    kind: 'calendar',
    first: readDate(wire.object('firstDay')),
    last: readDate(wire.object('lastDay')),
    days: part('days', readDay),
    scopes: part('scopes', readScope),
    services: part('requests', readService),
    bookableUntil: optionalTimestamp(wire, 'bookableEnd'),
  };
  return { value, omissions };
}

function readFreeDays(wire: WireObject): Loaded<ZmsDocument> {
  const omissions: Omission[] = [];
  const slots = partReader(wire, omissions)('days', readDaySlots).flat();
  return { value: { kind: 'slots', slots }, omissions };
}

type PartReader = <T>(name: string, read: (row: unknown, path: string) => T) => readonly T[];

/** Reads lists by name and collects what they leave out. */
function partReader(wire: WireObject, omissions: Omission[]): PartReader {
  return (name, read) => {
    const loaded = readRows(rowsOf(wire.value(name), wire.at(name)), wire.at(name), read);
    omissions.push(...loaded.omissions);
    return loaded.value;
  };
}

function readErrors(wire: WireObject): Loaded<ZmsDocument> {
  const errors = rowsOf(wire.value('errors'), wire.at('errors'));
  return plain({
    kind: 'error',
    codes: errors.map((error, index) => readErrorCode(error, `${wire.at('errors')}[${index}]`)),
  });
}

function readErrorCode(error: unknown, path: string): string {
  return new WireObject(error, path).text('errorCode', 200);
}

function plain(value: ZmsDocument): Loaded<ZmsDocument> {
  return { value, omissions: [] };
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 16 MiB');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
}
