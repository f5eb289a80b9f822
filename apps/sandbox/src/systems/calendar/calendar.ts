import type { IncomingMessage, ServerResponse } from 'node:http';
import { keepFile, sendFile, type ExportedFile } from '../exported-file.js';
import { applyFault } from '../fault-gate.js';
import { send, urlOf } from '../http.js';
import type { CreateSystem } from '../legacy-system.js';
import type { CalendarEvent } from './calendar-event.js';
import { galaxsea } from './galaxsea.js';
import { ostbad, suedbad } from './open-air-pools.js';
import { writeCalendar, type CalendarTitle } from './write-calendar.js';

const NAME = 'calendar';
const PLAIN = 'text/plain; charset=utf-8';

interface PoolCalendar extends CalendarTitle {
  eventsOf(years: readonly number[]): CalendarEvent[];
}

const CALENDARS = new Map<string, PoolCalendar>([
  [
    '/calendars/galaxsea.ics',
    {
      name: 'GalaxSea: Öffnungszeiten',
      description: 'Öffnungszeiten des Freizeitbades GalaxSea, mit Frühschwimmen, Feiertagen und Schließzeiten',
      place: 'Freizeitbad GalaxSea, Rudolstädter Straße 37, 07745 Jena',
      eventsOf: galaxsea,
    },
  ],
  [
    '/calendars/ostbad.ics',
    {
      name: 'Ostbad: Öffnungszeiten',
      description: 'Öffnungszeiten des Freibades Ostbad von Mitte Mai bis Mitte September',
      place: 'Ostbad, Jenzigweg 33, 07749 Jena',
      eventsOf: ostbad,
    },
  ],
  [
    '/calendars/suedbad.ics',
    {
      name: 'Südbad: Öffnungszeiten',
      description: 'Öffnungszeiten des Südbades am Schleichersee; Baden außerhalb der Öffnungszeiten ist verboten',
      place: 'Südbad (Schleichersee), Oberaue 1, 07745 Jena',
      eventsOf: suedbad,
    },
  ],
]);

/** The calendars in which the pools publish their hours, kept by hand from last year to next year. */
export const createCalendar: CreateSystem = (world) => {
  const last = new Map<string, ExportedFile>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await applyFault(world, NAME, null, request, response)) return;
    const path = urlOf(request).pathname;
    const calendar = CALENDARS.get(path);
    if (calendar === undefined) return send(response, 404, PLAIN, 'Not Found');
    if (request.method !== 'GET') return send(response, 405, PLAIN, 'Method Not Allowed', { Allow: 'GET' });
    const bytes = writeYears(calendar, Number(world.today().slice(0, 4)));
    const file = keepFile(last.get(path) ?? null, bytes, world.now(), () => bytes);
    last.set(path, file);
    sendFile(request, response, 'text/calendar; charset=utf-8', file);
  }

  return {
    name: NAME,
    environment: (baseUrl) => ({ POOLS_CALENDAR_URL: baseUrl }),
    handle,
    reset: () => last.clear(),
  };
};

function writeYears(calendar: PoolCalendar, year: number): Buffer {
  return writeCalendar(calendar, calendar.eventsOf([year - 1, year, year + 1]), `${year - 1}-11-30`);
}
