import type { CalendarEvent, CalendarMoment, CalendarSpan, ExtraMoment } from './calendar-model.js';
import { malformed } from '../wire/wire-object.js';
import type { Component } from './component.js';
import { splitTexts, unescapeText } from './content-lines.js';
import { checkSpan, parseDuration, parseMoment, readMoment, readMoments, type ZoneDesk } from './read-moment.js';
import { readRule } from './read-rule.js';
import { DAY, wallOf } from './wall-clock.js';

const LONGEST_TEXT = 100_000;
const LONGEST_UID = 1_000;
const MOST_RULES = 20;
const MOST_DATES = 10_000;
const MOST_CATEGORIES = 100;

/** Real seconds between two moments, whatever their zones. */
export type Elapsed = (start: CalendarMoment, end: CalendarMoment) => number;

/**
 * VEVENT.
 * @throws AppError UPSTREAM_MALFORMED when something that decides on its time is missing or wrong
 */
export function readEvent(component: Component, zonesOfFile: ZoneDesk, elapsed: Elapsed): CalendarEvent {
  component.refuseStrayLines();
  const startLine = component.only('DTSTART') ?? component.refuse('DTSTART', 'is missing');
  const start = readMoment(startLine, zonesOfFile, component.at('DTSTART'));
  // Further moments without a zone are meant in that of the start; a start in UTC says nothing of them.
  const isZoned = start.zone !== null && start.zone !== 'UTC';
  const zones = isZoned ? { ...zonesOfFile, floating: start.zone } : zonesOfFile;
  return {
    path: component.path,
    ...readTexts(component),
    ...readRevision(component),
    start,
    span: readSpan(component, start, zones, elapsed),
    ...readRecurrence(component, start, zones, elapsed),
    ...readReplacement(component, zones),
  };
}

function readTexts(component: Component): Pick<CalendarEvent, 'summary' | 'description' | 'location' | 'categories'> {
  const text = (name: string): string | null => {
    const value = unescapeText(component.first(name)?.value ?? '').trim();
    if (value.length > LONGEST_TEXT) component.refuse(name, `is longer than ${LONGEST_TEXT} characters`);
    return value === '' ? null : value;
  };
  const categories = component.all('CATEGORIES').flatMap(({ value }) => splitTexts(value));
  if (categories.length > MOST_CATEGORIES) component.refuse('CATEGORIES', `has more than ${MOST_CATEGORIES} entries`);
  return { summary: text('SUMMARY'), description: text('DESCRIPTION'), location: text('LOCATION'), categories };
}

function readRevision(component: Component): Pick<CalendarEvent, 'uid' | 'cancelled' | 'sequence' | 'stamp'> {
  const uid = component.first('UID')?.value ?? null;
  if ((uid?.length ?? 0) > LONGEST_UID) component.refuse('UID', `is longer than ${LONGEST_UID} characters`);
  const sequence = component.first('SEQUENCE')?.value ?? '0';
  return {
    uid,
    cancelled: component.first('STATUS')?.value.toUpperCase() === 'CANCELLED',
    sequence: /^\d{1,9}$/.test(sequence) ? Number(sequence) : component.refuse('SEQUENCE', 'is no whole number'),
    stamp: (component.first('LAST-MODIFIED') ?? component.first('DTSTAMP'))?.value ?? '',
  };
}

/** DTEND wins over DURATION. Without either a day lasts a day and a time no time. */
function readSpan(component: Component, start: CalendarMoment, zones: ZoneDesk, elapsed: Elapsed): CalendarSpan {
  const endLine = component.only('DTEND');
  if (endLine) return spanTo(start, readMoment(endLine, zones, component.at('DTEND')), component.at('DTEND'), elapsed);
  const duration = component.only('DURATION');
  if (duration) return parseDuration(duration.value, component.at('DURATION'));
  return { wall: start.zone === null ? DAY : 0, exact: 0 };
}

/** An end in the same zone is a time on the wall clock: who opens until 22:00 does so on days of 25 hours too. */
function spanTo(start: CalendarMoment, end: CalendarMoment, path: string, elapsed: Elapsed): CalendarSpan {
  if ((start.zone === null) !== (end.zone === null))
    throw malformed(path, 'is a date where the start is none, or vice versa');
  if (start.zone !== end.zone) return checkSpan({ wall: 0, exact: elapsed(start, end) }, path);
  const wall = wallOf(end.local) - wallOf(start.local);
  // The end is exclusive, but some write a single day with its own date as end.
  return checkSpan({ wall: wall === 0 && start.zone === null ? DAY : wall, exact: 0 }, path);
}

function readRecurrence(
  component: Component,
  start: CalendarMoment,
  zones: ZoneDesk,
  elapsed: Elapsed,
): Pick<CalendarEvent, 'rules' | 'exclusionRules' | 'extra' | 'excluded'> {
  const rulesOf = (name: string): CalendarEvent['rules'] => {
    const lines = component.all(name);
    if (lines.length > MOST_RULES) component.refuse(name, `is there more than ${MOST_RULES} times`);
    return lines.map((line) => readRule(line, zones, component.at(name)));
  };
  const excluded = component.all('EXDATE').flatMap((line) => readMoments(line, zones, component.at('EXDATE')));
  const extra = readExtra(component, start, zones, elapsed);
  if (excluded.length > MOST_DATES) component.refuse('EXDATE', `has more than ${MOST_DATES} dates`);
  if (extra.length > MOST_DATES) component.refuse('RDATE', `has more than ${MOST_DATES} dates`);
  return { rules: rulesOf('RRULE'), exclusionRules: rulesOf('EXRULE'), extra, excluded };
}

function readExtra(
  component: Component,
  start: CalendarMoment,
  zones: ZoneDesk,
  elapsed: Elapsed,
): readonly ExtraMoment[] {
  const path = component.at('RDATE');
  return component.all('RDATE').flatMap((line) =>
    line.value.split(',').map((item) => {
      const [first = '', last] = item.trim().split('/');
      const moment = parseMoment(first, line, zones, path);
      // A bare date in a series with times means that day at the series' time.
      const timed = moment.zone === null && start.zone !== null;
      const at = timed ? { local: `${moment.local}T${start.local.slice(11)}`, zone: start.zone } : moment;
      if (last === undefined) return { start: at, span: null };
      if (/^[+-]?P/i.test(last)) return { start: at, span: parseDuration(last, path) };
      return { start: at, span: spanTo(at, parseMoment(last, line, zones, path), path, elapsed) };
    }),
  );
}

function readReplacement(component: Component, zones: ZoneDesk): Pick<CalendarEvent, 'replaces' | 'andFuture'> {
  const line = component.only('RECURRENCE-ID');
  if (line === undefined) return { replaces: null, andFuture: false };
  const range = line.parameters.get('RANGE')?.toUpperCase();
  if (range !== undefined && range !== 'THISANDFUTURE')
    component.refuse('RECURRENCE-ID', 'has a RANGE other than THISANDFUTURE');
  return { replaces: readMoment(line, zones, component.at('RECURRENCE-ID')), andFuture: range !== undefined };
}
