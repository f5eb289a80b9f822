import type { Labels } from '#lib/customer';
import type { CalendarDate } from '#lib/kernel';
import { BILLING } from '../labels.js';

/** The period (Abrechnungszeitraum) that the next bill will be about; both days belong to it. */
export interface BillingPeriod {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

export const billingPeriodLabels: Labels<BillingPeriod> = { from: BILLING, until: BILLING };
