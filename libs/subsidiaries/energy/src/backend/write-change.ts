import { odataKey } from '#lib/formats';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { HttpRequest } from '#lib/upstream';
import { ERP, READING_RESULTS } from './umc.wire.js';

/** Readings of all registers of one meter on one day. */
export interface ReadingOrder {
  readonly device: string;
  readonly date: CalendarDate;
  /** At least one. */
  readonly readings: readonly {
    readonly register: string;
    readonly value: DecimalText;
    /** Code of the note that explains an implausible value; null without. */
    readonly note: string | null;
  }[];
}

/** A new amount of an instalment plan. */
export interface InstalmentOrder {
  readonly contract: string;
  readonly plan: string;
  readonly amount: DecimalText;
  readonly from: CalendarDate;
  /** The version that is to be changed; null where the system keeps none. */
  readonly etag: string | null;
}

const HEADERS = { accept: 'application/json', 'accept-language': 'de', 'content-type': 'application/json' };
/** An entity tag of RFC 9110 §8.8.3. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/;

/** One POST for the whole meter: the first register on top, the others dependent on it (domain.md section 1). */
export function readingsRequest({ device, date, readings }: ReadingOrder): HttpRequest {
  const [first, ...others] = readings.map(({ register, value, note }) => ({
    DeviceID: device,
    RegisterID: register,
    ReadingResult: value,
    ReadingDateTime: odataDay(date),
    MeterReadingNoteID: note ?? '',
  }));
  return {
    method: 'POST',
    path: `${ERP}/Devices(${odataKey(device)})/${READING_RESULTS}`,
    headers: HEADERS,
    body: JSON.stringify({ ...first, DependentMeterReadingResults: others }),
  };
}

export function instalmentRequest({ contract, plan, amount, from, etag }: InstalmentOrder): HttpRequest {
  const key = `ContractID=${odataKey(contract)},BudgetBillingPlanID=${odataKey(plan)}`;
  return {
    method: 'PUT',
    path: `${ERP}/BudgetBillingPlans(${key})`,
    headers: etag !== null && ETAG.test(etag) ? { ...HEADERS, 'if-match': etag } : HEADERS,
    body: JSON.stringify({ Amount: amount, ChangeFromDate: odataDay(from) }),
  };
}

/** A calendar date as OData v2 writes it in JSON: UTC midnight, which SAP reads as a day without a zone. */
function odataDay(date: CalendarDate): string {
  return `/Date(${Date.parse(`${date}T00:00:00Z`)})/`;
}
