import { addDays, dayOfMonth } from '../../world/dates.js';
import { berlinDate, parseHafasTime } from '../hafas/berlin.js';
import { LINES } from '../hafas/network.js';
import { epochSeconds, writeFeedMessage } from './feed-message.js';
import { routeId } from './wire-values.js';

const CONSTRUCTION = 10;
const SPECIAL_EVENT = 13;
const SIGNIFICANT_DELAYS = 3;
const STOP_MOVED = 9;

const ERNST_ABBE_PLATZ = 'de:16053:153016';

/** Two messages about disturbed service, both in force at `now`, as a GTFS-Realtime feed in German and English. */
export function alerts(now: number): Uint8Array {
  const today = berlinDate(now);
  const entities = [
    { id: 'HIM_FREETEXT_70413', alert: trackWorks(today) },
    { id: 'VMT-2207', alert: movedStop(today) },
  ];
  return writeFeedMessage(entities, now);
}

/** The notice of the timetable system, from last month to the end of the next. */
function trackWorks(today: string): object {
  return {
    activePeriod: [
      { start: instant(dayOfMonth(today, -1, 1), '040000'), end: instant(dayOfMonth(today, 2, 1), '000000') },
    ],
    informedEntity: routeIds('3').map((id) => ({ routeId: id })),
    cause: CONSTRUCTION,
    effect: SIGNIFICANT_DELAYS,
    url: texts('https://www.vmt.example/meldungen/70413', 'https://www.vmt.example/en/alerts/70413'),
    headerText: texts('Linie 3: Gleisbau in der Göschwitzer Straße', 'Line 3: track works in Göschwitzer Straße'),
    descriptionText: texts(
      'Zwischen Burgaupark und Bahnhof Göschwitz wird am Gleis gebaut, die Bahnen fahren dort langsamer.\nBitte planen Sie für Anschlüsse einige Minuten mehr ein.',
      'Trams run slower between Burgaupark and Bahnhof Göschwitz because of track works.\nPlease allow some more minutes for connections.',
    ),
  };
}

/** From yesterday evening to the morning after tomorrow. */
function movedStop(today: string): object {
  return {
    activePeriod: [{ start: instant(addDays(today, -1), '200000'), end: instant(addDays(today, 2), '040000') }],
    informedEntity: routeIds('5').map((id) => ({ routeId: id, stopId: ERNST_ABBE_PLATZ })),
    cause: SPECIAL_EVENT,
    effect: STOP_MOVED,
    headerText: texts('Ernst-Abbe-Platz: Haltestelle der Linie 5 verlegt', 'Ernst-Abbe-Platz: stop of line 5 moved'),
    descriptionText: texts(
      'Wegen eines Straßenfestes hält die Linie 5 etwa 150 Meter weiter in der Leutragasse.',
      'Because of a street festival, line 5 stops about 150 metres further on in Leutragasse.',
    ),
  };
}

function routeIds(name: string): string[] {
  return LINES.filter((line) => line.name === name).map(routeId);
}

function texts(german: string, english: string): object {
  return {
    translation: [
      { text: german, language: 'de' },
      { text: english, language: 'en' },
    ],
  };
}

/** Seconds since 1970 of a time of day in Berlin, `HHMMSS`. */
function instant(date: string, time: string): number {
  return epochSeconds(parseHafasTime(date, time) ?? Number.NaN);
}
