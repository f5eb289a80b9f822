import { endOfDay, type CalendarEvent } from './calendar-event.js';
import { nthWeekday, weekdaysBetween } from './days.js';

const OPENING = 'Freibad geöffnet';
const SHORT_DAY = ['10:00', '18:00'] as const;
const LONG_DAY = ['09:00', '20:00'] as const;
const SATURDAY = 6;

/** Ostbad: every season written anew, with early swimming and a day on which the town's festival needs it. */
export function ostbad(years: readonly number[]): CalendarEvent[] {
  return years.flatMap((year) => {
    const summer = `ostbad-${year}-sommer`;
    const festival = nthWeekday(`${year}-07`, 2, SATURDAY);
    return [
      opening(`ostbad-${year}-mai`, `${year}-05-15`, SHORT_DAY, `FREQ=DAILY;UNTIL=${endOfDay(`${year}-05-31`)}`),
      opening(summer, `${year}-06-01`, LONG_DAY, `FREQ=DAILY;UNTIL=${endOfDay(`${year}-08-31`)}`),
      { ...opening(summer, festival, LONG_DAY), replaces: festival, cancelled: true },
      opening(`ostbad-${year}-september`, `${year}-09-01`, SHORT_DAY, 'FREQ=DAILY;COUNT=15'),
      earlySwimming(year),
      {
        uid: `ostbad-${year}-winterpause`,
        summary: 'Winterpause',
        date: `${year}-09-16`,
        until: `${year + 1}-05-15`,
        hours: null,
      },
    ];
  });
}

/** Südbad at the Schleichersee: rules that come back every year, and shorter hours on the day of the triathlon. */
export function suedbad(years: readonly number[]): CalendarEvent[] {
  const first = years[0] ?? Number.NaN;
  const may = `FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=${numbers(15, 31)}`;
  const september = `FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=${numbers(1, 15)}`;
  const triathlons = years.map((year) => nthWeekday(`${year}-08`, 3, SATURDAY));
  return [
    opening('suedbad-mai', `${first}-05-15`, SHORT_DAY, may),
    {
      ...opening('suedbad-sommer', `${first}-06-01`, LONG_DAY, 'FREQ=DAILY;BYMONTH=6,7,8'),
      except: [triathlons],
    },
    opening('suedbad-september', `${first}-09-01`, SHORT_DAY, september),
    ...triathlons.map((date) => opening(`suedbad-triathlon-${date}`, date, ['14:00', '20:00'])),
  ];
}

/** Tuesday and Thursday from seven to nine, all season. */
function earlySwimming(year: number): CalendarEvent {
  const [first, last] = [`${year}-05-15`, `${year}-09-15`];
  return {
    uid: `ostbad-${year}-fruehschwimmen`,
    summary: 'Frühschwimmen',
    date: weekdaysBetween(first, last, [2, 4])[0] ?? first,
    hours: ['07:00', '09:00'],
    rule: `FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=${endOfDay(last)}`,
  };
}

function opening(uid: string, date: string, hours: readonly [string, string], rule?: string): CalendarEvent {
  return {
    uid,
    summary: OPENING,
    date,
    hours,
    ...(rule === undefined ? {} : { rule }),
    description: 'Bei Gewitter und anhaltendem Regen schließt das Bad früher; die Kasse schließt 45 Minuten vorher.',
  };
}

function numbers(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, place) => from + place).join(',');
}
