import { AppError, type Loaded, type Omission } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';
import type { Calendar } from './calendar-model.js';
import { parseComponents, type Component } from './component.js';
import { unescapeText, unfoldedLines } from './content-lines.js';
import { readEvent } from './read-event.js';
import type { ZoneDesk } from './read-moment.js';
import { nameOfZone, readZone } from './read-zone.js';
import { HOME_ZONE } from './wall-clock.js';
import { ZoneClocks } from './zone-clocks.js';
import { ZoneNames } from './zone-names.js';

const MOST_EVENTS = 20_000;
const MOST_ZONES = 500;

/**
 * Reads an iCalendar file (RFC 5545): calendars, or events without a calendar around them. Several calendars are read
 * as one with all their events. A malformed event costs that event only.
 * @throws AppError UPSTREAM_MALFORMED when the file is none, was cut off or is too large
 */
export function readCalendar(bytes: Uint8Array): Loaded<Calendar> {
  const roots = parseComponents(unfoldedLines(bytes));
  const calendars = roots.filter(({ name }) => name === 'VCALENDAR');
  const loose = roots.filter(({ name }) => name === 'VEVENT');
  if (calendars.length + loose.length === 0) throw malformed('$', 'has neither VCALENDAR nor VEVENT');
  const inside = calendars.flatMap(({ children }) => children);
  const omissions: Omission[] = [];
  const names = new ZoneNames();
  const clocks = new ZoneClocks();
  const zones = collect(componentsOf(inside, 'VTIMEZONE', MOST_ZONES), omissions, (component) => {
    // The real history of a zone is better known than files tell it.
    if (names.find(nameOfZone(component)) !== undefined) return null;
    const zone = readZone(component);
    clocks.add(zone);
    return zone;
  }).filter((zone) => zone !== null);
  const header = new Header(calendars, names);
  const desk: ZoneDesk = {
    floating: header.zone ?? HOME_ZONE,
    resolve: (tzid) => names.find(tzid) ?? (clocks.has(tzid) ? tzid : undefined),
  };
  const events = collect(componentsOf([...inside, ...loose], 'VEVENT', MOST_EVENTS), omissions, (component) => {
    const event = readEvent(
      component,
      desk,
      (start, end) => clocks.epochOf(end, HOME_ZONE) - clocks.epochOf(start, HOME_ZONE),
    );
    return header.cancels ? { ...event, cancelled: true } : event;
  });
  return { value: { name: header.name, zone: header.zone, zones, events }, omissions };
}

/** What the calendar says of itself. METHOD:CANCEL calls off all that it holds. */
class Header {
  readonly name: string | null;
  readonly zone: string | null;
  readonly cancels: boolean;

  constructor(calendars: readonly Component[], names: ZoneNames) {
    const value = (name: string): string | null =>
      calendars.map((calendar) => calendar.first(name)?.value).find((each) => each !== undefined) ?? null;
    const title = value('X-WR-CALNAME') ?? value('NAME');
    this.name = title === null ? null : unescapeText(title);
    this.zone = names.find(value('X-WR-TIMEZONE') ?? '') ?? null;
    this.cancels = value('METHOD')?.toUpperCase() === 'CANCEL';
  }
}

function componentsOf(components: readonly Component[], name: string, most: number): readonly Component[] {
  const found = components.filter((component) => component.name === name);
  if (found.length > most) throw malformed(name, `is there more than ${most} times`);
  return found;
}

function collect<T>(
  components: readonly Component[],
  omissions: Omission[],
  read: (component: Component) => T,
): readonly T[] {
  return components.flatMap((component) => {
    try {
      return [read(component)];
    } catch (error) {
      omissions.push(omissionOf(error, component.path));
      return [];
    }
  });
}

/** Throws on everything but a malformed part. */
export function omissionOf(error: unknown, path: string): Omission {
  if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
  return { path: error.details.path ?? path, reason: error.details.reason ?? 'is malformed' };
}
