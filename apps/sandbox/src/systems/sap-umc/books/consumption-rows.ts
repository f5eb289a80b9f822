import { addDays } from '../../../world/dates.js';
import type { EnergyContractBook } from '../../../world/household.js';
import { midnight } from './dates.js';
import { withScale } from './decimal-text.js';
import { deviceIdOf, profileHeaderIdOf } from './derived-numbers.js';
import { METER_KINDS, shown } from './meter-kinds.js';
import { meterCount, registerIdOf } from './meter-readings.js';
import type { Row } from './row.js';

const MONTHS_KEPT = 24;
const DAYS_KEPT = 400;

/** Cents for one unit, by division. */
const PRICES: Readonly<Record<EnergyContractBook['division'], bigint>> = {
  '01': 32n,
  '02': 118n,
  '03': 214n,
  '07': 13n,
};

/**
 * What a contract's meter counted: by months that are over, as billing knows it, and by day where a smart meter sends
 * its profile, which every second power meter does. Days of a month sum to the month.
 */
export function consumptionRows(
  contract: EnergyContractBook,
  registers: readonly number[],
  today: string,
): Record<string, readonly Row[]> {
  const last = contract.until !== null && contract.until < today ? addDays(contract.until, 1) : today;
  return {
    ContractConsumptionValue: monthsUntil(last)
      .filter(({ from }) => from >= contract.from)
      .map(({ from, next }) => monthRow(contract, registers, from, next)),
    ProfileValue: hasProfile(contract)
      ? registers.flatMap((register) =>
          daysUntil(last)
            .filter((day) => day >= contract.from)
            .map((day) => dayRow(contract, register, day)),
        )
      : [],
  };
}

function hasProfile({ division, contractId }: EnergyContractBook): boolean {
  return division === '01' && Number(contractId) % 2 === 0;
}

function monthRow(contract: EnergyContractBook, registers: readonly number[], from: string, next: string): Row {
  const kind = METER_KINDS[contract.division];
  const used = registers.reduce((sum, register) => sum + countBetween(contract, register, from, next), 0);
  const value = shown(kind, used);
  return {
    ContractID: contract.contractId,
    ConsumptionPeriodTypeID: 'BC',
    StartDate: midnight(from),
    EndDate: midnight(addDays(next, -1)),
    BilledAmount: priceOf(value, PRICES[contract.division]),
    Currency: 'EUR',
    ConsumptionValue: withScale(value, 14),
    ConsumptionUnit: kind.unit,
    BillingPeriodYear: from.slice(0, 4),
    BillingPeriodMonth: from.slice(5, 7),
    MeterReadingCategoryID: contract.readMonthly ? '03' : '01',
  };
}

function dayRow(contract: EnergyContractBook, register: number, day: string): Row {
  const kind = METER_KINDS[contract.division];
  return {
    ProfileHeaderID: profileHeaderIdOf(contract.contractId, register),
    Timestamp: midnight(day),
    OutputInterval: 'DAY',
    ContractID: contract.contractId,
    DeviceID: deviceIdOf(contract.contractId),
    RegisterID: registerIdOf(register),
    ProfileTypeID: '01',
    ProfileValueTypeID: '1',
    UnitOfMeasure: kind.unit,
    Currency: '',
    TimeZone: 'CET',
    Value: withScale(shown(kind, countBetween(contract, register, day, addDays(day, 1))), 14),
  };
}

function countBetween(contract: EnergyContractBook, register: number, from: string, next: string): number {
  return meterCount(contract, register, next) - meterCount(contract, register, from);
}

/** Months that were over before `today`, oldest first. */
function monthsUntil(today: string): { readonly from: string; readonly next: string }[] {
  const first = (back: number): string =>
    new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 - back, 1)).toISOString().slice(0, 10);
  return Array.from({ length: MONTHS_KEPT }, (_, index) => ({
    from: first(MONTHS_KEPT - index),
    next: first(MONTHS_KEPT - index - 1),
  }));
}

/** The days before `today`, oldest first. */
function daysUntil(today: string): string[] {
  return Array.from({ length: DAYS_KEPT }, (_, index) => addDays(today, index - DAYS_KEPT));
}

/** In whole cents, cut. */
function priceOf(value: string, centsPerUnit: bigint): string {
  const [whole = '', fraction = ''] = value.split('.');
  const cents = (BigInt(whole + fraction) * centsPerUnit) / 10n ** BigInt(fraction.length);
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
