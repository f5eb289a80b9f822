import { dayField, endDayField, expandedRows, malformed, WireObject } from '#lib/formats';
import type { CalendarDate } from '#lib/kernel';
import type { BillingPeriod } from '../../model/billing/billing-period.js';
import type { ContractTerms, Period, PeriodUnit } from '../../model/contracts/terms.js';
import { expectAccount, numberField } from '../sap/umc-fields.js';
import { BILLING_PERIOD, BOUND_UNTIL, MINIMUM_TERM, NOTICE_PERIOD } from '../umc.wire.js';

/** Reads attributes and dates of a `ContractItem` of CRM_UTILITIES_UMC. @throws AppError UPSTREAM_MALFORMED */
export function readTerms(row: unknown, path: string, account: string): ContractTerms {
  const item = new WireObject(row, path);
  expectAccount(item, account);
  return {
    contractNumber: numberField(item, 'ContractID', 10),
    minimumTerm: attribute(item, MINIMUM_TERM),
    noticePeriod: attribute(item, NOTICE_PERIOD),
    boundUntil: dateOf(item),
  };
}

/**
 * Reads what `GetCurrentBillingPeriod` returns.
 * @returns null for a contract that is not being billed
 * @throws AppError UPSTREAM_MALFORMED
 */
export function readBillingPeriod(document: unknown): BillingPeriod | null {
  const period = new WireObject(document, '').object('d').object(BILLING_PERIOD);
  if (period.optionalText('StartDate') === null || period.optionalText('EndDate') === null) return null;
  return { from: dayField(period, 'StartDate'), until: dayField(period, 'EndDate') };
}

function attribute(item: WireObject, id: string): Period | null {
  const found = rowWith(item, 'Attributes', 'AttributeID', id);
  const value = found?.optionalText('Value', 40) ?? null;
  return found === null || value === null ? null : periodOf(value, found.at('Value'));
}

function dateOf(item: WireObject): CalendarDate | null {
  const found = rowWith(item, 'Dates', 'DateID', BOUND_UNTIL);
  return found && endDayField(found, 'DateValue');
}

function rowWith(item: WireObject, navigation: string, key: string, id: string): WireObject | null {
  const expanded = expandedRows(item, navigation);
  const rows = (expanded?.rows ?? []).map((row, index) => new WireObject(row, `${expanded?.path}[${index}]`));
  return rows.find((row) => row.text(key, 30) === id) ?? null;
}

const UNITS: Readonly<Record<string, PeriodUnit>> = { D: 'DAY', W: 'WEEK', M: 'MONTH', Y: 'YEAR' };

/** `12M`: a number and D, W, M or Y. @throws AppError UPSTREAM_MALFORMED */
export function periodOf(value: string, path: string): Period {
  const [, count, unit] = /^(\d{1,3}) ?([DWMY])$/.exec(value) ?? [];
  if (count === undefined || unit === undefined) throw malformed(path, 'is not a span of time');
  return { count: Number(count), unit: UNITS[unit]! };
}
