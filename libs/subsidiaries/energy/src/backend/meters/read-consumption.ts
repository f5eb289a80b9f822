import { dayField, decimalField, expandedRows, malformed, readRows, WireObject } from '#lib/formats';
import type { Omission } from '#lib/kernel';
import type { BilledConsumption, ProfileDay } from '../../model/meters/consumption.js';
import { sameNumber } from '../../model/sap-number.js';
import { readingCategoryOf } from './reading-codes.js';
import { expectAccount, moneyField, numberField, unitOf } from '../sap/umc-fields.js';

/**
 * Reads the consumption of the contracts of a `ContractAccount` of ERP_UTILITIES_UMC.
 * @param omit takes what had to be left out
 * @throws AppError UPSTREAM_MALFORMED when the account itself is malformed
 */
export function readConsumption(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): readonly BilledConsumption[] {
  const contractAccount = new WireObject(row, path);
  expectAccount(contractAccount, account);
  const contracts = expandedRows(contractAccount, 'Contracts');
  if (contracts === null) return [];
  const { value, omissions } = readRows(contracts.rows, contracts.path, (each, at) => readPeriods(each, at, omit));
  omissions.forEach(omit);
  return value.flat();
}

function readPeriods(row: unknown, path: string, omit: (omission: Omission) => void): readonly BilledConsumption[] {
  const contract = new WireObject(row, path);
  const contractNumber = numberField(contract, 'ContractID', 10);
  const values = expandedRows(contract, 'ContractConsumptionValues');
  if (values === null) return [];
  const { value, omissions } = readRows(values.rows, values.path, (each, at) => readPeriod(each, at, contractNumber));
  omissions.forEach(omit);
  return value;
}

function readPeriod(row: unknown, path: string, contractNumber: string): BilledConsumption {
  const period = new WireObject(row, path);
  expectContract(period, contractNumber);
  return {
    contractNumber,
    periodType: period.text('ConsumptionPeriodTypeID', 2),
    from: dayField(period, 'StartDate'),
    until: dayField(period, 'EndDate'),
    billedIn: billingMonth(period),
    value: decimalField(period, 'ConsumptionValue', 14),
    unit: unitOf(period.text('ConsumptionUnit', 3)),
    cost: moneyField(period, 'BilledAmount'),
    category: readingCategoryOf(period.optionalText('MeterReadingCategoryID', 2)),
  };
}

/** Reads a `ProfileValue` of a day. Its time stamp is midnight of the day in the profile's own time zone. */
export function readProfileDay(row: unknown, path: string, contract: string): ProfileDay {
  const value = new WireObject(row, path);
  expectContract(value, contract);
  if (value.text('OutputInterval', 4) !== 'DAY') throw malformed(value.at('OutputInterval'), 'is not a day');
  return {
    date: dayField(value, 'Timestamp'),
    value: decimalField(value, 'Value', 14),
    unit: unitOf(value.text('UnitOfMeasure', 3)),
  };
}

function expectContract(wire: WireObject, contract: string): void {
  if (!sameNumber(wire.text('ContractID', 10), contract)) throw malformed(wire.at('ContractID'), 'is another contract');
}

function billingMonth(period: WireObject): string {
  const month = `${period.text('BillingPeriodYear', 4)}-${period.text('BillingPeriodMonth', 2)}`;
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw malformed(period.at('BillingPeriodMonth'), 'is not a month');
  return month;
}
