import type { Customer } from '#lib/customer';
import type { Source } from '#lib/kernel';
import { meterId, registerId } from '../../model/meters/meter-id.js';
import type { Meter } from '../../model/meters/meter.js';
import type { MeterType } from './meter.type.js';

/** A meter as the graph shows it; `account` is the customer's number, which the ids name. */
export function toMeter(meter: Meter, account: string, customer: Customer, source: Source): MeterType {
  const key = { account, contract: meter.contractNumber, device: meter.number };
  return {
    id: meterId(key),
    serialNumber: meter.serialNumber,
    registers: meter.registers.map(({ number, ...register }) => ({
      id: registerId({ ...key, register: number }),
      ...register,
    })),
    source,
    meter,
    account,
    customer,
  };
}
