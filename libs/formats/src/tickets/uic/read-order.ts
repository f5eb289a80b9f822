import { calendarDate, type CalendarDate } from '#lib/kernel';
import { malformed } from '../../wire/wire-object.js';
import { decodeText } from '../decode-text.js';
import type { TravelClass } from '../ticket-facts.js';
import type { UicBlock } from './uic-container.js';

/** Order data of Deutsche Bahn (block 0080BL). Names and card numbers of travellers are left out. */
export interface DbOrder {
  /** Name of the fare, e.g. `Flexpreis`. */
  readonly product: string | null;
  readonly travelClass: TravelClass | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly route: string | null;
  /** One for each direction. */
  readonly certificates: readonly OrderCertificate[];
  /** Numbers of the fields that are there, e.g. `001`. */
  readonly fields: readonly string[];
}

export interface OrderCertificate {
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  readonly serial: string;
}

/** Bytes before the days and bytes of the serial number, by version of the block. */
const CERTIFICATES = { '02': { before: 22, serial: 8 }, '03': { before: 0, serial: 10 } } as const;
const DAYS_BYTES = 16;
const CERTIFICATES_AT = 3;
const FIELD = /^S(\d{3})(\d{4})/;
const FIELD_BYTES = 8;
const MOST_FIELDS = 100;

/** @throws AppError UPSTREAM_MALFORMED for other versions and for fields that do not follow each other */
export function readOrder({ version, content }: UicBlock): DbOrder {
  if (version !== '02' && version !== '03') throw malformed('0080BL', 'has an unknown version');
  const count = Number(/^..(\d)/s.exec(content.toString('latin1', 0, CERTIFICATES_AT))?.[1] ?? Number.NaN);
  const { before, serial } = CERTIFICATES[version];
  const size = before + DAYS_BYTES + serial;
  const fieldsAt = CERTIFICATES_AT + size * count + 2;
  if (!(fieldsAt <= content.length)) throw malformed('0080BL', 'is cut off');
  const fields = readFields(content, fieldsAt);
  return {
    product: fields.get('001') ?? null,
    travelClass: travelClassOf(fields.get('014')),
    from: fields.get('015') ?? null,
    to: fields.get('016') ?? null,
    route: fields.get('021') ?? null,
    certificates: Array.from({ length: count }, (_, index) => {
      const at = CERTIFICATES_AT + index * size + before;
      return readCertificate(content.toString('latin1', at, at + DAYS_BYTES + serial), `0080BL.certificates[${index}]`);
    }),
    fields: [...fields.keys()],
  };
}

function readCertificate(text: string, path: string): OrderCertificate {
  const firstDay = dayOf(text.slice(0, 8));
  const lastDay = dayOf(text.slice(8, DAYS_BYTES));
  if (firstDay === undefined || lastDay === undefined) throw malformed(path, 'has no days of validity');
  return { firstDay, lastDay, serial: text.slice(DAYS_BYTES).replace(/[\0\s]+$/, '') };
}

/** `DDMMYYYY`. */
function dayOf(text: string): CalendarDate | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  return calendarDate(Number(text.slice(4)), Number(text.slice(2, 4)), Number(text.slice(0, 2)));
}

function readFields(content: Buffer, start: number): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let at = start;
  while (at < content.length && fields.size < MOST_FIELDS) {
    const [head, number = '', length = ''] = FIELD.exec(content.toString('latin1', at, at + FIELD_BYTES)) ?? [];
    const end = at + FIELD_BYTES + Number(length);
    if (head === undefined || end > content.length) throw malformed(`0080BL[${at}]`, 'is not a whole field');
    fields.set(number, decodeText(content.subarray(at + FIELD_BYTES, end)).trim());
    at = end;
  }
  return fields;
}

/** `S1`, `S2`. */
function travelClassOf(text: string | undefined): TravelClass | null {
  if (text === undefined) return null;
  if (text.endsWith('1')) return 'FIRST';
  return text.endsWith('2') ? 'SECOND' : 'OTHER';
}
