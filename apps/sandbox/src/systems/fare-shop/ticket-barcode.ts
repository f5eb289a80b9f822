import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** What a barcode tells an inspector here; the rider's name is left out. */
export interface TicketFacts {
  readonly id: string;
  readonly product: string;
  /** First and last calendar date, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
}

const CARRIER = '3416';

/**
 * A railway ticket by UIC 918.3, version 1: head, signature, compressed records U_HEAD and U_TLAY. The same facts give
 * the same bytes. The signature has the right shape and is no genuine one.
 */
export function uicBarcode(ticket: TicketFacts): Buffer {
  const records = deflateSync(
    Buffer.from(record('U_HEAD', headOf(ticket)) + record('U_TLAY', layoutOf(ticket)), 'latin1'),
  );
  return Buffer.concat([
    Buffer.from(`#UT01${CARRIER}00007`, 'latin1'),
    dsaSignature(ticket.id),
    Buffer.from(digits(records.length, 4), 'latin1'),
    records,
  ]);
}

/**
 * A static authorisation by VDV-KA: signature, rest of the signed message with the closing mark, certificate of the
 * issuer and its authority. Deterministic, and signed by nobody.
 */
export function vdvBarcode(ticket: TicketFacts): Buffer {
  return Buffer.concat([
    Buffer.from('9e8180', 'hex'),
    noise(`${ticket.id} signature`, 128),
    Buffer.from('9a0f00000000000000000000', 'hex'),
    Buffer.from('VDV', 'latin1'),
    Buffer.from('1109', 'hex'),
    Buffer.from('7f2181c85f3781c0', 'hex'),
    noise('certificate of the shop', 192),
    Buffer.from('5f380100', 'hex'),
    Buffer.from('4208', 'hex'),
    Buffer.from('DEVDV', 'latin1'),
    Buffer.from('4a0126', 'hex'),
  ]);
}

/** Carrier, ticket number, time of issue, flags and the two languages. */
function headOf({ id, firstDay }: TicketFacts): string {
  return `${CARRIER}${id.padEnd(20).slice(0, 20)}${dayMonthYear(firstDay, '')}00000DEEN`;
}

/** Three lines of text in the layout RCT2. */
function layoutOf({ product, firstDay, lastDay }: TicketFacts): string {
  const lines = [product, `gueltig ab ${dayMonthYear(firstDay, '.')}`, `gueltig bis ${dayMonthYear(lastDay, '.')}`];
  const fields = lines.map((text, index) => `${digits(index, 2)}0001720${digits(text.length, 4)}${text}`);
  return `RCT2${digits(lines.length, 4)}${fields.join('')}`;
}

/** Name, version and length (its own twelve characters included) in front of the content. */
function record(name: string, content: string): string {
  return `${name}01${digits(content.length + 12, 4)}${content}`;
}

/** Two integers of 20 bytes as ASN.1 sequence, filled up to 50 bytes. */
function dsaSignature(seed: string): Buffer {
  const [r, s] = ['r', 's'].map((part) => {
    const bytes = noise(`${seed} ${part}`, 20);
    // A first bit of 0 keeps the integer positive without a further byte, one after it keeps it 20 bytes long.
    bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
    return Buffer.concat([Buffer.from('0214', 'hex'), bytes]);
  }) as [Buffer, Buffer];
  return Buffer.concat([Buffer.from('302c', 'hex'), r, s, Buffer.alloc(4)]);
}

function noise(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, block) =>
    createHash('sha256').update(`${seed} ${block}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function digits(value: number, places: number): string {
  return String(value).padStart(places, '0');
}

function dayMonthYear(date: string, separator: string): string {
  return date.split('-').toReversed().join(separator);
}
