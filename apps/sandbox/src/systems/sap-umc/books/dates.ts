/** SAP's last day: an open end. */
const OPEN_END = '9999-12-31';

/** A calendar date as SAP's date and time: midnight in UTC. */
export function midnight(date: string): string {
  return `${date}T00:00:00`;
}

/** The last day of something, with SAP's last day for an open end. */
export function endOf(until: string | null): string {
  return midnight(until ?? OPEN_END);
}

export function isRunning(book: { readonly from: string; readonly until: string | null }, today: string): boolean {
  return book.from <= today && today <= (book.until ?? OPEN_END);
}

/** First day of the month after `today`. */
export function firstOfNextMonth(today: string): string {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
