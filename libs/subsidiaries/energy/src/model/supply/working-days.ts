import { addDays, type CalendarDate } from '#lib/kernel';

/**
 * Which days count as working days:
 * - thuringia: all but Saturdays, Sundays and the public holidays of Thuringia (§ 2 ThürFGtG, Weltkindertag since 2019).
 *   By these the law shifts the end of a period (§ 193 BGB: holidays recognised at the place of the declaration).
 * - market: those of the electricity market's processes (GPKE, definition of Werktag [U]): a holiday of any Land counts in the
 *   whole country, and so do 24 and 31 December. Holidays of single towns do not count.
 */
export type WorkingCalendar = 'thuringia' | 'market';

/** Holidays on the same day of every year, `MM-DD`. */
const FIXED: Readonly<Record<WorkingCalendar, ReadonlySet<string>>> = {
  thuringia: new Set('01-01 05-01 09-20 10-03 10-31 12-25 12-26'.split(' ')),
  market: new Set('01-01 01-06 03-08 05-01 08-15 09-20 10-03 10-31 11-01 12-24 12-25 12-26 12-31'.split(' ')),
};

/**
 * Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday; for the market Corpus Christi as well
 * (Easter and Whit Sunday, holidays in Brandenburg, are Sundays anyway).
 */
const FROM_EASTER: Readonly<Record<WorkingCalendar, ReadonlySet<number>>> = {
  thuringia: new Set([-2, 1, 39, 50]),
  market: new Set([-2, 1, 39, 50, 60]),
};

const DAY_MS = 86_400_000;

export function isWorkingDay(day: CalendarDate, calendar: WorkingCalendar): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && !isHoliday(day, calendar);
}

/** The `count`-th working day after `day`, which itself does not count. */
export function workingDayAfter(day: CalendarDate, count: number, calendar: WorkingCalendar): CalendarDate {
  let left = count;
  let found = day;
  while (left > 0) {
    found = addDays(found, 1);
    if (isWorkingDay(found, calendar)) left -= 1;
  }
  return found;
}

/** The day itself, or the next working day where it is none (§ 193 BGB). */
export function orNextWorkingDay(day: CalendarDate): CalendarDate {
  return isWorkingDay(day, 'thuringia') ? day : workingDayAfter(day, 1, 'thuringia');
}

function isHoliday(day: CalendarDate, calendar: WorkingCalendar): boolean {
  if (FIXED[calendar].has(day.slice(5))) return true;
  const fromEaster = Math.round((midnightOf(day) - easterOf(Number(day.slice(0, 4)))) / DAY_MS);
  return FROM_EASTER[calendar].has(fromEaster) || (calendar === 'market' && isRepentanceDay(day));
}

/** Buß- und Bettag, a holiday in Saxony: the Wednesday before 23 November. */
function isRepentanceDay(day: CalendarDate): boolean {
  return weekdayOf(day) === 3 && day.slice(5) >= '11-16' && day.slice(5) <= '11-22';
}

/** 0 is Sunday. */
function weekdayOf(day: CalendarDate): number {
  return new Date(midnightOf(day)).getUTCDay();
}

function midnightOf(day: CalendarDate): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Easter Sunday as midnight UTC, by the rule of the Gregorian calendar (J. Meeus, Astronomical Algorithms, chapter 8). */
function easterOf(year: number): number {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}
