import { malformed } from '../wire/wire-object.js';
import type { CalendarZone, Observance } from './calendar-model.js';
import type { Component } from './component.js';
import { unescapeText } from './content-lines.js';
import { parseLocal, type ZoneDesk } from './read-moment.js';
import { readRule } from './read-rule.js';

const MOST_OBSERVANCES = 500;
const MOST_DATES = 1_000;

/** Onsets have no zone: they stand on the wall clock that ends with them. */
const NO_ZONES: ZoneDesk = { floating: 'UTC', resolve: () => undefined };

/**
 * VTIMEZONE.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readZone(component: Component): CalendarZone {
  const parts = component.children.filter((child) => child.name === 'STANDARD' || child.name === 'DAYLIGHT');
  if (parts.length === 0) throw malformed(component.path, 'has neither STANDARD nor DAYLIGHT');
  if (parts.length > MOST_OBSERVANCES) throw malformed(component.path, `has more than ${MOST_OBSERVANCES} observances`);
  return { name: nameOfZone(component), observances: parts.map(readObservance) };
}

/** The TZID of a VTIMEZONE. @throws AppError UPSTREAM_MALFORMED without one */
export function nameOfZone(component: Component): string {
  return unescapeText(component.first('TZID')?.value ?? component.refuse('TZID', 'is missing'));
}

function readObservance(component: Component): Observance {
  const dates = component.all('RDATE').flatMap(({ value }) => value.split(','));
  if (dates.length > MOST_DATES) component.refuse('RDATE', `has more than ${MOST_DATES} dates`);
  return {
    onset: readOnset(component.first('DTSTART')?.value ?? '', component.at('DTSTART')),
    offsetBefore: readOffset(component, 'TZOFFSETFROM'),
    offset: readOffset(component, 'TZOFFSETTO'),
    rules: component.all('RRULE').map((line) => readRule(line, NO_ZONES, component.at('RRULE'))),
    extra: dates.map((date) => readOnset(date.trim(), component.at('RDATE'))),
  };
}

/** Some programs let a zone begin in the year 1; clocks did not change then. */
function readOnset(text: string, path: string): string {
  const local = parseLocal(text.replace(/^0\d{3}/, '1601'));
  if (local === undefined) throw malformed(path, 'is no date with time');
  return local;
}

function readOffset(component: Component, name: string): number {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(component.first(name)?.value ?? '');
  if (match === null) return component.refuse(name, 'is no offset');
  const [, sign, hours, minutes, seconds = '0'] = match;
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return offset > 86_400 ? component.refuse(name, 'is out of range') : offset * (sign === '-' ? -1 : 1);
}
