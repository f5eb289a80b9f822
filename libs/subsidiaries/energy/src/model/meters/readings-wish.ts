import { compareDecimals, parseDecimal, type CalendarDate, type Omission, type Refusal } from '#lib/kernel';
import { hasGaps } from '../gaps.js';
import { parseMeterId, parseRegisterId, registerId as idOfRegister, type MeterKey } from './meter-id.js';
import type { MeterReading } from './meter-reading.js';
import type { Meter, Register } from './meter.js';
import { problemAt, refusalBy } from './objection.js';
import { objectionOfRegister, objectionToDay, objectionToValue } from './reading-rules.js';
import { sameNumber } from '../sap-number.js';

/** Readings of one meter on one day, as a customer gives them. */
export type ReadingsWish = {
  readonly meterId: string;
  readonly date: CalendarDate;
  /** At least one. */
  readonly readings: readonly {
    readonly registerId: string;
    /** As it was typed: whether it is a number is a rule, not a matter of form. */
    readonly value: string;
    /** Code of the note by which the customer explains an unusual value; null without. */
    readonly noteCode: string | null;
  }[];
};

/** What is known of a customer's meters: the list, and what of it could not be read. */
export interface KnownMeters {
  readonly value: readonly Meter[];
  readonly omissions: readonly Omission[];
}

/** What stands against the wish whatever SAP says: ids of someone else, no numbers, a day that has not come. */
export function refusalByItself(wish: ReadingsWish, account: string, today: CalendarDate): Refusal | null {
  const key = parseMeterId(wish.meterId);
  if (key?.account !== account) return refusalBy(problemAt('meterId', { code: 'NOT_YOURS' }));
  return refusalBy([
    ...problemAt('date', objectionToDay(wish.date, today, null)),
    ...wish.readings.flatMap(({ registerId, value }, index) => [
      ...problemAt(`readings.${index}.registerId`, isOf(key, registerId) ? null : { code: 'NOT_YOURS' }),
      ...problemAt(`readings.${index}.value`, objectionToValue(value)),
    ]),
  ]);
}

/**
 * What stands against the wish by SAP's own list: a meter that is not this customer's, a register that is missing, a
 * value that the meter cannot show. Null also where the list does not tell, because a part of it could not be read.
 */
export function refusalByMeters(wish: ReadingsWish, known: KnownMeters, today: CalendarDate): Refusal | null {
  const key = parseMeterId(wish.meterId);
  const meter = meterOf(wish, known);
  if (key === undefined || meter === undefined) {
    return hasGaps(known) ? null : refusalBy(problemAt('meterId', { code: 'NOT_YOURS' }));
  }
  const lastDates = meter.registers.flatMap(({ lastDate }) => lastDate ?? []);
  const earliest = [meter.since, ...lastDates].toSorted().at(-1)!;
  return refusalBy([
    ...problemAt('date', objectionToDay(wish.date, today, earliest)),
    ...wish.readings.flatMap(({ registerId, value }, index) => {
      const register = registerOf(meter, registerId);
      return register === undefined
        ? problemAt(`readings.${index}.registerId`, { code: 'NOT_YOURS' })
        : problemAt(`readings.${index}.value`, objectionOfRegister(value, register));
    }),
    ...missingRegisters(wish, meter, key),
  ]);
}

/** The meter that the wish is about; undefined when the list has none of that number in that contract. */
export function meterOf({ meterId }: ReadingsWish, { value }: KnownMeters): Meter | undefined {
  const key = parseMeterId(meterId);
  return value.find(
    ({ number, contractNumber }) =>
      key !== undefined && sameNumber(number, key.device) && sameNumber(contractNumber, key.contract),
  );
}

/** The register that an id names; undefined when the meter has none of that number. */
export function registerOf(meter: Meter, registerId: string): Register | undefined {
  const key = parseRegisterId(registerId);
  return key === undefined ? undefined : meter.registers.find(({ number }) => number === key.register);
}

/** How many of the wished readings are among those that SAP keeps: same register, same day, same value. */
export function countStored({ date, readings }: ReadingsWish, stored: readonly MeterReading[]): number {
  return readings.filter(({ registerId, value }) => {
    const number = parseRegisterId(registerId)?.register;
    const wished = parseDecimal(value, 14);
    return stored.some(
      (reading) =>
        reading.register === number &&
        reading.date === date &&
        wished !== undefined &&
        compareDecimals(reading.value, wished) === 0,
    );
  }).length;
}

function isOf(meter: MeterKey, registerId: string): boolean {
  const key = parseRegisterId(registerId);
  return key?.account === meter.account && key.contract === meter.contract && key.device === meter.device;
}

/** SAP takes a meter as a whole: all of its registers on one day (domain.md section 1). */
function missingRegisters({ readings }: ReadingsWish, meter: Meter, key: MeterKey): Refusal['problems'] {
  const given = new Set(readings.map(({ registerId }) => parseRegisterId(registerId)?.register));
  const choices = meter.registers
    .filter(({ number }) => !given.has(number))
    .map(({ number, name }) => ({ value: idOfRegister({ ...key, register: number }), label: name }));
  return choices.length === 0 ? [] : [{ path: 'readings', code: 'REGISTER_MISSING', choices }];
}
