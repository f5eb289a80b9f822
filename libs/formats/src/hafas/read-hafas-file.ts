import type { Omission } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';
import { CommonTables } from './common-tables.js';
import { parseHafasJson, readHafasEnvelope } from './hafas-envelope.js';
import { hafasErrorFacts, type HafasErrorFacts } from './hafas-errors.js';
import type { HafasBoard, HafasJourney, HafasLine, HafasRemark } from './hafas-model.js';
import { readBoard } from './read-board.js';
import { readConnections, type HafasConnections } from './read-connections.js';
import { readJourney } from './read-journey.js';
import { readLocations, type HafasLocations } from './read-locations.js';
import { readMessage } from './read-remark.js';

interface WithOmissions {
  readonly omissions: readonly Omission[];
}

/** What one service answered, in the kinds this lib can read. */
type HafasContent =
  | ({ readonly kind: 'BOARD' } & HafasBoard)
  | ({ readonly kind: 'LOCATIONS' } & HafasLocations)
  | ({ readonly kind: 'CONNECTIONS' } & HafasConnections)
  | ({ readonly kind: 'JOURNEYS'; readonly journeys: readonly HafasJourney[] } & WithOmissions)
  | ({ readonly kind: 'LINES'; readonly lines: readonly HafasLine[] } & WithOmissions)
  | ({ readonly kind: 'MESSAGES'; readonly messages: readonly HafasRemark[] } & WithOmissions)
  /** A method without a reader, e.g. ServerInfo: it is well-formed and says OK, no more is known. */
  | { readonly kind: 'UNREAD' }
  | ({ readonly kind: 'ERROR'; readonly code: string } & HafasErrorFacts);

/** A stored answer of HAFAS mgate. */
export interface HafasFile {
  /** Null in a file that holds only a `res` part. */
  readonly version: string | null;
  readonly services: readonly { readonly method: string | null; readonly content: HafasContent }[];
}

/**
 * Reads a stored answer, whole or only its `res` part. An error that the system answered is a result here.
 * @throws AppError UPSTREAM_MALFORMED when it is no answer of mgate, nor a result this lib knows
 */
export function readHafasFile(bytes: Uint8Array): HafasFile {
  const answer = parseHafasJson(bytes);
  if (!answer.has('svcResL') && !answer.has('err')) {
    const content = readContent(answer);
    if (content.kind === 'UNREAD') throw malformed('$', 'is neither an answer of mgate nor a known result');
    return { version: null, services: [{ method: null, content }] };
  }
  const { version, error, services } = readHafasEnvelope(answer);
  if (error !== null) return { version, services: [{ method: null, content: errorContent(error) }] };
  return {
    version,
    services: services.map(({ method, error: code, result, path }) => {
      if (code !== null) return { method, content: errorContent(code) };
      if (result === null) throw malformed(`${path}.res`, 'is missing');
      return { method, content: readContent(result) };
    }),
  };
}

function errorContent(code: string): HafasContent {
  return { kind: 'ERROR', code, ...hafasErrorFacts(code) };
}

/** The fields tell what it is, so that a file without its envelope reads the same. */
function readContent(result: WireObject): HafasContent {
  if (result.has('outConL')) return { kind: 'CONNECTIONS', ...readConnections(result) };
  if (result.has('journey')) return readJourneyDetails(result);
  if (result.has('posL')) return readReach(result);
  if (result.has('lineL')) return readLines(result);
  if (result.has('match') || result.has('locL')) return { kind: 'LOCATIONS', ...readLocations(result) };
  if (result.has('type')) return { kind: 'BOARD', ...readBoard(result) };
  if (result.has('jnyL')) return readJourneys(result);
  if (result.has('msgL')) return readMessages(result);
  return { kind: 'UNREAD' };
}

function readJourneyDetails(result: WireObject): HafasContent {
  const tables = new CommonTables(result);
  const journey = readJourney(result.object('journey'), tables);
  return { kind: 'JOURNEYS', journeys: [journey], omissions: tables.omissions };
}

/** JourneyGeoPos: trips that are on the map now. */
function readJourneys(result: WireObject): HafasContent {
  const tables = new CommonTables(result);
  const { value, omissions } = readRows(result.list('jnyL'), result.at('jnyL'), (row, path) =>
    readJourney(new WireObject(row, path), tables),
  );
  return { kind: 'JOURNEYS', journeys: value, omissions: [...omissions, ...tables.omissions] };
}

/** LocGeoReach: places that can be reached in time. */
function readReach(result: WireObject): HafasContent {
  const tables = new CommonTables(result);
  const { value, omissions } = readRows(result.list('posL'), result.at('posL'), (row, path) =>
    tables.location(new WireObject(row, path), 'locX'),
  );
  return { kind: 'LOCATIONS', locations: value, omissions: [...omissions, ...tables.omissions] };
}

/** LineMatch. */
function readLines(result: WireObject): HafasContent {
  const tables = new CommonTables(result);
  const { value, omissions } = readRows(result.list('lineL'), result.at('lineL'), (row, path) =>
    tables.line(new WireObject(row, path), 'prodX'),
  );
  return { kind: 'LINES', lines: value, omissions: [...omissions, ...tables.omissions] };
}

/** HimSearch. */
function readMessages(result: WireObject): HafasContent {
  const { value, omissions } = readRows(result.list('msgL'), result.at('msgL'), (row, path) =>
    readMessage(new WireObject(row, path)),
  );
  return { kind: 'MESSAGES', messages: value.filter((message) => message !== null), omissions };
}
