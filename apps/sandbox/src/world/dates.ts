const DAY_MS = 86_400_000;

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' });

/** Calendar date in Berlin at that instant, `YYYY-MM-DD`. */
export function berlinDate(epochMilliseconds: number): string {
  return berlin.format(epochMilliseconds);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The given day (1 to 28) of the month that lies `months` after the month of `date`. */
export function dayOfMonth(date: string, months: number, day: number): string {
  const shifted = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months, day));
  return shifted.toISOString().slice(0, 10);
}
