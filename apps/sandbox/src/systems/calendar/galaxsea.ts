import { addDays } from '../../world/dates.js';
import { isPublicHoliday, isSummerHoliday } from '../thuringian-holidays.js';
import { endOfDay, type CalendarEvent } from './calendar-event.js';
import { nthWeekday, weekdaysBetween } from './days.js';

const OPENING = 'Badebetrieb';
const EARLY = 'Frühschwimmen';
const WEDNESDAY = 3;
const TUESDAY = 2;
/** Monday, Wednesday, Friday. */
const EARLY_DAYS = [1, WEDNESDAY, 5];
const EARLY_HOURS = ['06:30', '08:00'] as const;

/** The indoor pool from the first to the last of these years. */
export function galaxsea(years: readonly number[]): CalendarEvent[] {
  const [first, last] = [`${years[0]}-01-01`, `${years.at(-1)}-12-31`];
  return [...opening(years, first, last), ...earlySwimming(years, first, last)];
}

/** Every day but Christmas Day; shorter on Christmas Eve, cancelled for the revision in September. */
function opening(years: readonly number[], first: string, last: string): CalendarEvent[] {
  const uid = 'galaxsea-badebetrieb';
  const series: CalendarEvent = {
    uid,
    summary: OPENING,
    date: first,
    hours: ['08:00', '22:00'],
    rule: `FREQ=DAILY;UNTIL=${endOfDay(last)}`,
    except: years.map((year) => [`${year}-12-25`]),
    description:
      'Sportbad, Erlebnisbad und Außenbecken; letzter Einlass 60 Minuten vor Schluss.\nDie Saunalandschaft öffnet um 10 Uhr, für Schwimmkurse bleiben einzelne Bahnen gesperrt.',
  };
  const closed: CalendarEvent = {
    uid: 'galaxsea-weihnachten',
    summary: 'Geschlossen: 1. Weihnachtsfeiertag',
    date: `${years[0]}-12-25`,
    until: `${years[0]}-12-26`,
    hours: null,
    rule: 'FREQ=YEARLY',
  };
  const changes = years.flatMap((year): CalendarEvent[] => {
    const [eve, revision] = [`${year}-12-24`, nthWeekday(`${year}-09`, 2, TUESDAY)];
    return [
      { uid, summary: `${OPENING} an Heiligabend`, date: eve, hours: ['08:00', '13:00'], replaces: eve },
      { uid, summary: OPENING, date: revision, hours: ['08:00', '22:00'], replaces: revision, cancelled: true },
    ];
  });
  return [series, closed, ...changes];
}

/** Monday, Wednesday and Friday, not in the summer holidays and not on public holidays; once moved by a day. */
function earlySwimming(years: readonly number[], first: string, last: string): CalendarEvent[] {
  const uid = 'galaxsea-fruehschwimmen';
  const days = weekdaysBetween(first, last, EARLY_DAYS);
  const paused = days.filter(isSummerHoliday);
  const series: CalendarEvent = {
    uid,
    summary: EARLY,
    date: days[0] ?? first,
    hours: EARLY_HOURS,
    byDuration: true,
    rule: `FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=${endOfDay(last)}`,
    // The clerk enters each summer in one go and every public holiday by itself.
    except: [
      ...years.map((year) => paused.filter((day) => day.startsWith(String(year)))).filter((list) => list.length > 0),
      ...days.filter((day) => isPublicHoliday(day) && !isSummerHoliday(day)).map((day) => [day]),
    ],
    description: 'Nur Sportbad, Eintritt 4 €, pausiert in den Thüringer Sommerferien.',
  };
  const moved = years.map((year): CalendarEvent => {
    const usual = nthWeekday(`${year}-03`, 1, WEDNESDAY);
    return {
      uid,
      summary: `${EARLY} (verlegt)`,
      date: addDays(usual, 1),
      hours: ['07:00', '08:30'],
      replaces: usual,
      replacedTime: EARLY_HOURS[0],
      description: 'Am Mittwoch gehört das Sportbad den Schulmeisterschaften.',
    };
  });
  return [series, ...moved];
}
