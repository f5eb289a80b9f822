import type { CalendarEvent } from './calendar-model.js';

/** An event with its replaced instances. Replacements may come without their event. */
export interface EventSeries {
  readonly master: CalendarEvent | null;
  /** The event or, without it, one of its instances. */
  readonly lead: CalendarEvent;
  readonly replacements: readonly CalendarEvent[];
}

/**
 * Puts together what has the same UID. Of several versions of the same the one with the highest SEQUENCE counts, then
 * the one written last, then the last in the file. Events without UID stand alone.
 */
export function seriesOf(events: readonly CalendarEvent[]): readonly EventSeries[] {
  const groups = new Map<string, CalendarEvent[]>();
  const alone: EventSeries[] = [];
  for (const event of events) {
    if (event.uid === null) alone.push({ master: event, lead: event, replacements: [] });
    else {
      const group = groups.get(event.uid);
      if (group) group.push(event);
      else groups.set(event.uid, [event]);
    }
  }
  return [...alone, ...[...groups.values()].flatMap(seriesOfGroup)];
}

function seriesOfGroup(group: readonly CalendarEvent[]): EventSeries[] {
  const latest = new Map<string, CalendarEvent>();
  for (const event of group) {
    const key = event.replaces === null ? '' : `${event.replaces.local} ${event.replaces.zone}`;
    const other = latest.get(key);
    if (other === undefined || isNewer(event, other)) latest.set(key, event);
  }
  const master = latest.get('') ?? null;
  latest.delete('');
  const replacements = [...latest.values()].filter((each) => !isOutdated(each, master));
  const lead = master ?? replacements[0];
  return lead === undefined ? [] : [{ master, lead, replacements }];
}

function isNewer(event: CalendarEvent, other: CalendarEvent): boolean {
  return event.sequence === other.sequence ? event.stamp >= other.stamp : event.sequence > other.sequence;
}

/** A later version of the series that excludes an instance takes its earlier replacement back. */
function isOutdated(replacement: CalendarEvent, master: CalendarEvent | null): boolean {
  if (master === null || replacement.sequence >= master.sequence) return false;
  return master.excluded.some(
    ({ local, zone }) => local === replacement.replaces?.local && zone === replacement.replaces.zone,
  );
}
