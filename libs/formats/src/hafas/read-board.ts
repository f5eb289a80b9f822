import type { CalendarDate, Instant } from '#lib/kernel';
import { malformed, readRows, WireObject } from '../wire/wire-object.js';
import { CommonTables } from './common-tables.js';
import type { HafasBoard, HafasBoardEntry, HafasLocation } from './hafas-model.js';
import { parseHafasTime, readHafasDate } from './hafas-time.js';
import { readEvent, type Prefix } from './read-event.js';
import { readDirection, readJourneyLine } from './read-journey.js';

/**
 * Reads the result of HAFAS StationBoard. A board without trips has an empty `jnyL` or none.
 * @throws AppError UPSTREAM_MALFORMED when it is no board; a malformed trip costs itself only
 */
export function readBoard(result: WireObject): HafasBoard {
  const tables = new CommonTables(result);
  const type = result.text('type', 10);
  if (type !== 'DEP' && type !== 'ARR') throw malformed(result.at('type'), 'is neither DEP nor ARR');
  const trips = result.has('jnyL') ? result.list('jnyL') : [];
  const stops = readStops(result, tables);
  const { value, omissions } = readRows(trips, result.at('jnyL'), (row, path) =>
    readEntry(new WireObject(row, path), type === 'DEP' ? 'd' : 'a', tables, stops[0]),
  );
  return {
    type: type === 'DEP' ? 'DEPARTURES' : 'ARRIVALS',
    stops,
    entries: value,
    answeredAt: readAnswerTime(result),
    omissions: [...omissions, ...tables.omissions],
  };
}

function readEntry(
  journey: WireObject,
  prefix: Prefix,
  tables: CommonTables,
  boardStop: HafasLocation | undefined,
): HafasBoardEntry {
  const stop = journey.object('stbStop');
  const date: CalendarDate = readHafasDate(journey, 'date');
  const event = readEvent(stop, prefix, date);
  if (event === null) throw malformed(stop.at(`${prefix}TimeS`), 'is missing');
  const direction = readDirection(journey, tables) ?? readDirection(stop, tables);
  return {
    ...event,
    cancelled: event.cancelled || journey.value('isCncl') === true,
    journeyId: journey.optionalText('jid', 1_000),
    // A through service may change its line: the one at this stop counts.
    line: stop.has(`${prefix}ProdX`) ? tables.line(stop, `${prefix}ProdX`) : readJourneyLine(journey, tables),
    direction,
    stop: !stop.has('locX') && boardStop !== undefined ? boardStop : tables.location(stop, 'locX'),
    remarks: tables.remarks(journey),
  };
}

function readStops(result: WireObject, tables: CommonTables): HafasLocation[] {
  if (!result.has('locRefL')) return [];
  return result.list('locRefL').map((index, position) => {
    const from = `${result.at('locRefL')}[${position}]`;
    if (typeof index !== 'number') throw malformed(from, 'is not a whole number');
    return tables.locationAt(index, from);
  });
}

/** `sD` and `sT`: when the system answered, on its own clock. */
function readAnswerTime(result: WireObject): Instant | null {
  if (!result.has('sD') || !result.has('sT')) return null;
  return parseHafasTime(readHafasDate(result, 'sD'), result.text('sT', 8), null) ?? null;
}
