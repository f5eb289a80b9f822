import { addDays, AppError, type CalendarDate } from '#lib/kernel';

/** Longest run of days that one question may ask for. */
export const MOST_DAYS = 62;
const PAST_DAYS = 31;
const AHEAD_DAYS = 366;
/** Hours that are a week old must still cover what may be asked; the day before today may reach into it. */
const SPARE_DAYS = 8;

/** The days for which hours are kept, seen from `today`: more than may be asked for. */
export function keptDays(today: CalendarDate): { readonly first: CalendarDate; readonly count: number } {
  return { first: addDays(today, -PAST_DAYS - 1), count: PAST_DAYS + AHEAD_DAYS + SPARE_DAYS + 2 };
}

/** @throws AppError INVALID_INPUT when the days are in disorder, too many or too far from `today` */
export function checkDays(from: CalendarDate, until: CalendarDate, today: CalendarDate): void {
  if (until < from) throw refused('until', 'must not be before from');
  if (until > addDays(from, MOST_DAYS - 1)) throw refused('until', `must be at most ${MOST_DAYS} days, from included`);
  if (from < addDays(today, -PAST_DAYS)) throw refused('from', `must be at most ${PAST_DAYS} days ago`);
  if (until > addDays(today, AHEAD_DAYS)) throw refused('until', `must be at most ${AHEAD_DAYS} days ahead`);
}

function refused(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', 'the days are refused', { path, reason });
}
