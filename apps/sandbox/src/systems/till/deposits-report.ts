import type { Entry, Ledger } from './ledger.js';
import { SALES_AREA } from './price-list.js';
import type { TillRequest } from './read-request.js';
import { illegal } from './return-code.js';
import { allDigits } from './write-client.js';
import { encoded, encodedExtra } from './write-encoded.js';

const FIRST_ID = 20_000_156_000;
const WAITER = 5_000_001_380;

/** GetDepositsReport: the deposits of all clients in a period. @throws Refused for an illegal time */
export function reportDeposits(ledger: Ledger, { fields }: TillRequest): readonly string[] {
  const entries = ledger.deposits(readTime(fields, 'From'), readTime(fields, 'Till'));
  const area = fields.get('SalesAreaId') || '0';
  return area === '0' || area === String(SALES_AREA) ? entries.map(writeDeposit) : [];
}

function readTime(fields: ReadonlyMap<string, string>, name: string): number {
  const text = fields.get(name) ?? '';
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw illegal(name);
  return time;
}

/** The members of a TDepositItem. */
function writeDeposit({ number, account, amountCents, paymentId, at }: Entry): string {
  return [
    encoded('Id', 'long', String(FIRST_ID + number)),
    encoded('SalesAreaId', 'long', String(SALES_AREA)),
    encoded('ClientId', 'long', String(account.clientId)),
    encoded('Amount', 'double', allDigits(amountCents / 100)),
    encoded('Comments', 'string', ''),
    encoded('PaymentId', 'long', String(paymentId)),
    encoded('ComputerName', 'string', 'KASSE1'),
    encoded('UserId', 'long', String(WAITER)),
    encoded('DateTime', 'dateTime', localTime(at)),
    encoded('DepositNumber', 'string', String(number)),
    encodedExtra(),
  ].join('');
}

/** Berlin's time with its offset, to the second: `2018-11-20T14:33:47.000+01:00`. */
function localTime(at: number): string {
  const local = new Date(at).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T');
  const hours = Math.round((Date.parse(`${local}Z`) - at) / 3_600_000);
  return `${local}.000+0${hours}:00`;
}
