import type { SubscriptionBook } from '../../world/household.js';
import { firstOfMonth, lastOfMonth } from './berlin.js';
import { ShopError } from './shop-error.js';

/** Both days belong to the pause, `YYYY-MM-DD`; null: until somebody ends it. */
export interface Pause {
  readonly from: string;
  readonly until: string | null;
}

/** Announcements that arrive up to this day of a month are in time for the next one. */
const LAST_DAY_TO_ANNOUNCE = 10;
const MOST_MONTHS_A_YEAR = 2;
const MONTHS_AHEAD = 12;

/**
 * @param pauses all of this subscription, past ones too
 * @throws ShopError when the shop does not take the pause
 */
export function checkPause(
  wish: Pause & { until: string },
  book: SubscriptionBook,
  pauses: readonly Pause[],
  today: string,
): void {
  if (wish.from !== firstOfMonth(wish.from) || wish.until !== lastOfMonth(wish.until) || wish.until < wish.from) {
    throw new ShopError(422, 'PAUSE_NOT_WHOLE_MONTHS', 'Ein Abo ruht nur für ganze Kalendermonate.');
  }
  if (openPause(pauses, today))
    throw new ShopError(409, 'ALREADY_PAUSED', 'Für dieses Abo ist bereits eine Pause eingetragen.');
  if (book.state === 'cancelled' || wish.from < book.from || (book.until !== null && wish.until > book.until)) {
    throw new ShopError(422, 'SUBSCRIPTION_NOT_RUNNING', 'In diesem Zeitraum läuft das Abo nicht.');
  }
  checkDistance(wish, today);
  checkYears(wish, pauses);
}

/** The pause that has not ended, of which there is one at most. */
export function openPause(pauses: readonly Pause[], today: string): Pause | undefined {
  return pauses.find(({ until }) => until === null || until >= today);
}

export function isPausedOn(day: string, pauses: readonly Pause[]): boolean {
  return pauses.some(({ from, until }) => from <= day && (until === null || until >= day));
}

function checkDistance(wish: Pause & { until: string }, today: string): void {
  const earliest = firstOfMonth(today, Number(today.slice(8)) > LAST_DAY_TO_ANNOUNCE ? 2 : 1);
  if (wish.from < earliest) {
    const message = 'Eine Pause ist bis zum 10. des Vormonats anzumelden.';
    throw new ShopError(422, 'PAUSE_ANNOUNCED_TOO_LATE', message, { earliest });
  }
  const latest = lastOfMonth(firstOfMonth(today, MONTHS_AHEAD));
  if (wish.until > latest) {
    const message = 'Eine Pause ist höchstens zwölf Monate im Voraus möglich.';
    throw new ShopError(422, 'PAUSE_TOO_FAR_AHEAD', message, { latest });
  }
}

function checkYears(wish: Pause & { until: string }, pauses: readonly Pause[]): void {
  for (const year of new Set([wish.from, wish.until].map((day) => day.slice(0, 4)))) {
    const taken = monthsIn(year, pauses);
    if (taken + monthsIn(year, [wish]) > MOST_MONTHS_A_YEAR) {
      throw new ShopError(422, 'PAUSE_LIMIT_EXCEEDED', 'Ein Abo ruht höchstens zwei Monate im Kalenderjahr.', {
        remainingMonths: Math.max(MOST_MONTHS_A_YEAR - taken, 0),
      });
    }
  }
}

function monthsIn(year: string, pauses: readonly Pause[]): number {
  return Array.from({ length: 12 }, (_, month) => firstOfMonth(`${year}-01-01`, month)).filter((first) =>
    isPausedOn(first, pauses),
  ).length;
}
