/** Public holidays on the same day of every year, `MM-DD`. */
const FIXED = new Set(['01-01', '05-01', '09-20', '10-03', '10-31', '12-25', '12-26']);
/** Good Friday, Easter Monday, Ascension Day and Whit Monday, in days from Easter Sunday. */
const FROM_EASTER = new Set([-2, 1, 39, 50]);

/** School holidays as the Thuringian ministry of education set them, both days included. */
const SCHOOL_HOLIDAYS: readonly (readonly [first: string, last: string])[] = [
  ['2025-02-03', '2025-02-08'],
  ['2025-04-07', '2025-04-19'],
  ['2025-05-30', '2025-05-30'],
  ['2025-06-28', '2025-08-08'],
  ['2025-10-06', '2025-10-18'],
  ['2025-12-22', '2026-01-03'],
  ['2026-02-16', '2026-02-21'],
  ['2026-04-07', '2026-04-17'],
  ['2026-05-15', '2026-05-15'],
  ['2026-07-04', '2026-08-14'],
  ['2026-10-12', '2026-10-24'],
  ['2026-12-23', '2027-01-02'],
  ['2027-02-01', '2027-02-06'],
  ['2027-03-22', '2027-04-03'],
  ['2027-05-07', '2027-05-07'],
  ['2027-07-10', '2027-08-20'],
  ['2027-10-09', '2027-10-23'],
  ['2027-12-23', '2027-12-31'],
  ['2028-02-07', '2028-02-12'],
  ['2028-04-03', '2028-04-15'],
  ['2028-05-26', '2028-05-26'],
  ['2028-07-22', '2028-09-01'],
  ['2028-10-23', '2028-11-03'],
  ['2028-12-23', '2029-01-05'],
];

/** Whether this date, `YYYY-MM-DD`, is a public holiday in Thuringia (ThürFGtG, as since 2019). */
export function isPublicHoliday(date: string): boolean {
  return FIXED.has(date.slice('YYYY-'.length)) || FROM_EASTER.has(daysFromEaster(date));
}

/** Whether Thuringian schools are on holiday; known from 2025 to 2028, false before and after. */
export function isSchoolHoliday(date: string): boolean {
  return schoolHolidayAround(date) !== undefined;
}

/** Whether the day lies in the summer holidays of Thuringian schools: those that the first of August is part of. */
export function isSummerHoliday(date: string): boolean {
  const [first, last] = schoolHolidayAround(date) ?? ['', ''];
  const august = `${date.slice(0, 4)}-08-01`;
  return first <= august && august <= last;
}

function schoolHolidayAround(date: string) {
  return SCHOOL_HOLIDAYS.find(([first, last]) => date >= first && date <= last);
}

function daysFromEaster(date: string): number {
  return Math.round((Date.parse(date) - easterOf(Number(date.slice(0, 4)))) / 86_400_000);
}

/** Easter Sunday of the Gregorian calendar by Gauss' rule, as midnight UTC. */
function easterOf(year: number): number {
  const moon = year % 19;
  const century = Math.floor(year / 100);
  const shift = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const fullMoon = (19 * moon + shift) % 30;
  const limit = Math.floor((fullMoon + Math.floor(moon / 11)) / 29);
  const boundary = 21 + fullMoon - limit;
  const sundays = 7 - ((year + Math.floor(year / 4) + 2 - Math.floor((3 * century + 3) / 4)) % 7);
  return Date.UTC(year, 2, boundary + 7 - ((((boundary - sundays) % 7) + 7) % 7));
}
