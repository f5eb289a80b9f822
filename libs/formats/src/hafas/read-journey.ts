import type { CalendarDate } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import type { CommonTables } from './common-tables.js';
import type { HafasCall, HafasJourney, HafasLine } from './hafas-model.js';
import { readHafasDate } from './hafas-time.js';
import { readEvent } from './read-event.js';
import { readPosition } from './read-location.js';

/**
 * Reads one trip of a HAFAS answer (`journey`, an entry of `jnyL`, or `jny` of a section).
 * @param parentDate day of the connection, from which its trips count their times
 */
export function readJourney(journey: WireObject, tables: CommonTables, parentDate?: CalendarDate): HafasJourney {
  const date = parentDate ?? readHafasDate(journey, 'date');
  return {
    journeyId: journey.optionalText('jid', 1_000),
    date,
    line: readJourneyLine(journey, tables),
    direction: readDirection(journey, tables),
    cancelled: journey.value('isCncl') === true,
    position: readPosition(journey.optionalObject('pos')),
    calls: readCalls(journey, tables, date),
    remarks: tables.remarks(journey),
  };
}

/** The line of a trip; where it changes on the way, that of its first part. */
export function readJourneyLine(journey: WireObject, tables: CommonTables): HafasLine {
  if (journey.has('prodX')) return tables.line(journey, 'prodX');
  const parts = journey.has('prodL') ? journey.list('prodL') : [];
  if (parts.length === 0) throw malformed(journey.at('prodX'), 'is missing');
  return tables.line(new WireObject(parts[0], `${journey.at('prodL')}[0]`), 'prodX');
}

/** Where a trip goes, from the oldest field to the newest; null when the system does not say. */
export function readDirection(journey: WireObject, tables: CommonTables): string | null {
  const text = journey.optionalText('dirTxt', 500);
  if (text !== null) return text;
  if (journey.has('dirX')) return tables.direction(journey, 'dirX');
  const parts = journey.has('dirL') ? journey.list('dirL') : [];
  if (parts.length === 0) return null;
  return tables.direction(new WireObject(parts[0], `${journey.at('dirL')}[0]`), 'dirX');
}

function readCalls(journey: WireObject, tables: CommonTables, date: CalendarDate): HafasCall[] {
  if (!journey.has('stopL')) return [];
  return journey.list('stopL').map((value, index) => {
    const stop = new WireObject(value, `${journey.at('stopL')}[${index}]`);
    return {
      stop: tables.location(stop, 'locX'),
      arrival: readEvent(stop, 'a', date),
      departure: readEvent(stop, 'd', date),
    };
  });
}
