import { compact, eventLines, type CalendarEvent } from './calendar-event.js';
import { escapeText, writeLines } from './content-lines.js';

/** What a calendar says about itself. */
export interface CalendarTitle {
  readonly name: string;
  readonly description: string;
  readonly place: string;
}

/** A calendar (RFC 5545) in UTF-8, last changed on `changed`, `YYYY-MM-DD`. */
export function writeCalendar(title: CalendarTitle, events: readonly CalendarEvent[], changed: string): Buffer {
  const stamp = `${compact(changed)}T080000Z`;
  return writeLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Jenaer Bäder//Öffnungszeiten//DE',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(title.name)}`,
    `X-WR-CALDESC:${escapeText(title.description)}`,
    'X-WR-TIMEZONE:Europe/Berlin',
    ...events.flatMap((event) => eventLines(event, title.place, stamp)),
    'END:VCALENDAR',
  ]);
}
