import type { Labels } from '#lib/customer';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import { METER, METERED } from '../labels.js';

/** A meter (Zähler) that stands in a running contract. */
export interface Meter {
  /** SAP's number of the device; what stands on the meter itself is {@link serialNumber}. */
  readonly number: string;
  readonly contractNumber: string;
  readonly serialNumber: string;
  /** First day of the supply under this contract; what was read before belongs to someone else. */
  readonly since: CalendarDate;
  readonly registers: readonly Register[];
}

/** What a meter counts (Zählwerk): one for a plain meter, two for one with day and night rate. */
export interface Register {
  /** Three digits, `001`. */
  readonly number: string;
  /** In the system's own words, e.g. `Hochtarif`. */
  readonly name: string;
  /** Unit of the values, e.g. `kWh`. */
  readonly unit: string;
  /** Digits that the meter shows before and after the decimal separator. */
  readonly integerDigits: number;
  readonly decimals: number;
  /** The last value known and its day; null when there is none of this customer's. */
  readonly lastValue: DecimalText | null;
  readonly lastDate: CalendarDate | null;
}

export const meterLabels: Labels<Meter> = {
  number: METER,
  contractNumber: METER,
  serialNumber: METER,
  since: METER,
  registers: {
    number: METER,
    name: METER,
    unit: METER,
    integerDigits: METER,
    decimals: METER,
    lastValue: METERED,
    lastDate: METERED,
  },
};
