import {
  agencyTable,
  malformed,
  readGtfsTable,
  routesTable,
  stopsTable,
  type GtfsFiles,
  type GtfsRow,
  type GtfsStop,
  type GtfsTable,
  type OmissionLog,
} from '#lib/formats';
import { productOfRouteType } from './route-product.js';
import type { TimetableRoute, TimetableStop } from './timetable.js';

/** Entrance or boarding area → platform → station; nothing in GTFS lies deeper. */
const DEEPEST_STOP = 3;

export function readOptional<T>(
  files: GtfsFiles,
  table: GtfsTable<T>,
  log: OmissionLog,
  accept: (value: T, row: GtfsRow) => void,
): void {
  const bytes = files(table.file);
  if (bytes !== null) readGtfsTable(bytes, table, log, accept);
}

/** @throws AppError UPSTREAM_MALFORMED when the feed lacks the file */
export function readRequired<T>(
  files: GtfsFiles,
  table: GtfsTable<T>,
  log: OmissionLog,
  accept: (value: T, row: GtfsRow) => void,
): void {
  const bytes = files(table.file);
  if (bytes === null) throw malformed(table.file, 'is missing or empty');
  readGtfsTable(bytes, table, log, accept);
}

/** Agencies and their one time zone; GTFS demands the same for all, an agency with another one is left out. */
export function readAgencies(files: GtfsFiles, log: OmissionLog): { zone: string; agencies: ReadonlySet<string> } {
  const agencies = new Set<string>();
  let zone: string | null = null;
  readRequired(files, agencyTable, log, ({ id, timezone }, row) => {
    if (zone !== null && zone !== timezone) throw row.wrong('agency_timezone', 'differs from the first');
    zone = timezone;
    agencies.add(id ?? '');
  });
  if (zone === null) throw malformed(agencyTable.file, 'has no readable row');
  return { zone, agencies };
}

export function readRoutes(files: GtfsFiles, agencies: ReadonlySet<string>, log: OmissionLog): TimetableRoute[] {
  const routes: TimetableRoute[] = [];
  readRequired(files, routesTable, log, (route, row) => {
    // An agency without an id is the only one of its feed, whatever routes call it.
    if (route.agency !== null && !agencies.has(route.agency) && !agencies.has(''))
      throw row.wrong('agency_id', 'is unknown');
    const line = route.shortName ?? route.longName;
    if (line === null) throw row.wrong('route_short_name', 'is missing, and so is the long one');
    routes.push({ id: route.id, line, product: productOfRouteType(route.type) });
  });
  return routes;
}

/** Stops whose parents exist, in the order of the file. A stop without a name bears that of its parent. */
export function readStops(files: GtfsFiles, log: OmissionLog): TimetableStop[] {
  const read: { stop: GtfsStop; row: GtfsRow }[] = [];
  readRequired(files, stopsTable, log, (stop, row) => read.push({ stop, row }));
  const byId = new Map(read.map(({ stop }) => [stop.id, stop]));
  const stops: TimetableStop[] = [];
  for (const { stop, row } of read) {
    log.attempt(row, () => {
      const name = checkedAncestors(stop, byId, row).find((each) => each.name !== null)?.name ?? stop.id;
      const { id, kind, position, parent, platform } = stop;
      stops.push({ id, name, kind, position, parent, platform });
    });
  }
  return stops;
}

/** The stop, its parent and the parent's parent. */
function checkedAncestors(stop: GtfsStop, byId: ReadonlyMap<string, GtfsStop>, row: GtfsRow): readonly GtfsStop[] {
  const line = [stop];
  for (let at = stop; at.parent !== null;) {
    const parent = byId.get(at.parent);
    if (parent === undefined) throw row.wrong('parent_station', 'is unknown');
    if (line.length === DEEPEST_STOP) throw row.wrong('parent_station', 'leads too deep');
    line.push(parent);
    at = parent;
  }
  return line;
}
