import type { CalendarDate, Omission } from '#lib/kernel';
import { readRows, WireObject } from '../wire/wire-object.js';
import { CommonTables } from './common-tables.js';
import type { HafasConnection, HafasSection } from './hafas-model.js';
import { readHafasDate } from './hafas-time.js';
import { readEvent } from './read-event.js';
import { readJourney } from './read-journey.js';

const KINDS: ReadonlyMap<string, HafasSection['kind']> = new Map([
  ['JNY', 'JOURNEY'],
  ['WALK', 'WALK'],
  ['TRSF', 'TRANSFER'],
  ['DEVI', 'TRANSFER'],
]);

export interface HafasConnections {
  readonly connections: readonly HafasConnection[];
  readonly omissions: readonly Omission[];
}

/** Reads the result of HAFAS TripSearch or Reconstruction; a malformed connection costs itself only. */
export function readConnections(result: WireObject): HafasConnections {
  const tables = new CommonTables(result);
  const rows = result.has('outConL') ? result.list('outConL') : [];
  const { value, omissions } = readRows(rows, result.at('outConL'), (row, path) =>
    readConnection(new WireObject(row, path), tables),
  );
  return { connections: value, omissions: [...omissions, ...tables.omissions] };
}

function readConnection(connection: WireObject, tables: CommonTables): HafasConnection {
  const date = readHafasDate(connection, 'date');
  const sections = connection
    .list('secL')
    .map((value, index) => readSection(new WireObject(value, `${connection.at('secL')}[${index}]`), tables, date));
  return { date, sections };
}

function readSection(section: WireObject, tables: CommonTables, date: CalendarDate): HafasSection {
  const [from, to] = [section.object('dep'), section.object('arr')];
  const journey = section.optionalObject('jny');
  return {
    kind: KINDS.get(section.text('type', 20)) ?? 'OTHER',
    from: tables.location(from, 'locX'),
    departure: readEvent(from, 'd', date),
    to: tables.location(to, 'locX'),
    arrival: readEvent(to, 'a', date),
    // The connection's day counts: times of a section are given from there, whatever day its trip began.
    journey: journey === null ? null : readJourney(journey, tables, date),
  };
}
