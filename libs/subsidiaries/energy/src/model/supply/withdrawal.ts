import { addDays, type CalendarDate } from '#lib/kernel';
import type { Commodity } from '../commodity.js';
import { soonestLastDay } from './supply-dates.js';
import { orNextWorkingDay } from './working-days.js';

const PERIOD_DAYS = 14;

/**
 * The last day on which a contract can be withdrawn from (§§ 355 (2), 356 (2) BGB): the day of its conclusion does not
 * count (§ 187 (1) BGB), the period ends with its fourteenth day (§ 188 (1) BGB), or with the next working day where that
 * is a Saturday, Sunday or holiday (§ 193 BGB). Whether the customer was told of the right, without which it lasts longer
 * (§ 356 (3) BGB), the system does not say.
 */
export function lastDayToWithdraw(signedOn: CalendarDate): CalendarDate {
  return orNextWorkingDay(addDays(signedOn, PERIOD_DAYS));
}

/**
 * The last day of a supply that was withdrawn from on `today`: the day before it where it has not begun, so that nothing
 * is ever supplied; else the first day on which it can end, for what was supplied cannot be given back (§ 357a BGB).
 */
export function lastDayOfWithdrawn(
  { commodity, from }: { readonly commodity: Commodity; readonly from: CalendarDate },
  today: CalendarDate,
): CalendarDate {
  const soonest = soonestLastDay({ commodity, from }, today);
  return from > today || soonest > today ? soonest : today;
}

/** The end that a withdrawal comes to; null where it is too late, or nobody can tell: then a person decides. */
export function lastDayByWithdrawal(
  contract: { readonly commodity: Commodity; readonly from: CalendarDate; readonly signedOn: CalendarDate | null },
  receivedOn: CalendarDate,
): CalendarDate | null {
  const { signedOn } = contract;
  const isInTime = signedOn !== null && receivedOn <= lastDayToWithdraw(signedOn);
  return isInTime ? lastDayOfWithdrawn(contract, receivedOn) : null;
}
