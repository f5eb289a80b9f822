import { deflateSync } from 'node:zlib';
import { ticketFields } from '../fcb/fcb-schema.js';
import type { FcbVersion } from '../fcb/fcb-parts.js';
import type { UperRecord } from '../uper/uper-type.js';
import { writeFields } from './write-uper.js';

/** A barcode of these blocks; signed by nobody. */
export function uicBarcode(blocks: readonly Buffer[], version: 1 | 2 = 1): Buffer {
  return packBarcode(Buffer.concat(blocks), version);
}

export function packBarcode(content: Buffer, version: 1 | 2 = 1): Buffer {
  const packed = deflateSync(content);
  const integer = Buffer.concat([Buffer.from('0214', 'hex'), Buffer.alloc(20, 0x41)]);
  const signature =
    version === 1
      ? Buffer.concat([Buffer.from('302c', 'hex'), integer, integer, Buffer.alloc(4)])
      : Buffer.alloc(64, 7);
  const length = String(packed.length).padStart(4, '0');
  return Buffer.concat([Buffer.from(`#UT0${version}341600042`), signature, Buffer.from(length), packed]);
}

export function block(name: string, version: string, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`${name}${version}${String(bytes.length + 12).padStart(4, '0')}`), bytes]);
}

export const HEAD = block('U_HEAD', '01', `3416${'JNV-77120'.padEnd(20, '\0')}0405202608155DEEN`);

export function layoutBlock(standard: string, ...fields: readonly (readonly [number, number, string])[]): Buffer {
  const texts = fields.map(([line, column, text]) => {
    const place = [line, column, 1, 19].map((number) => String(number).padStart(2, '0')).join('');
    return `${place}0${String(Buffer.byteLength(text)).padStart(4, '0')}${text}`;
  });
  return block('U_TLAY', '01', `${standard}${String(fields.length).padStart(4, '0')}${texts.join('')}`);
}

export function orderBlock(fields: Readonly<Record<string, string>>, version: '02' | '03' = '03'): Buffer {
  const days = '0405202606052026';
  const certificate = version === '03' ? `${days}8877665544` : `${'0'.repeat(22)}${days}88776655`;
  const texts = Object.entries(fields).map(
    ([number, text]) => `S${number}${String(Buffer.byteLength(text)).padStart(4, '0')}${text}`,
  );
  return block('0080BL', version, `021${certificate}${String(texts.length).padStart(2, '0')}${texts.join('')}`);
}

/** 7 bits of years from 1990, then month, day, hour, minute and half seconds. */
export function compact(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Buffer {
  const bytes = Buffer.alloc(4);
  const time = ((hour << 11) | (minute << 5) | (second >> 1)) >>> 0;
  bytes.writeUInt32BE(((year - 1990) * 2 ** 25 + ((month << 21) | (day << 16)) + time) >>> 0);
  return bytes;
}

export const VDV_HEAD = Buffer.concat([
  Buffer.from('0001e240186b270f186c', 'hex'),
  compact(2026, 5, 1, 0, 0, 0),
  compact(2026, 5, 31, 23, 59, 58),
]);

export const VDV_BLOCK = block(
  '0080VU',
  '01',
  Buffer.concat([Buffer.from('00640000000101', 'hex'), VDV_HEAD, Buffer.from('0018380000000106dc040d186c01', 'hex')]),
);

export const ISSUING: UperRecord = {
  securityProviderNum: 3416,
  issuerNum: 3416,
  issuingYear: 2026,
  issuingDay: 124,
  issuingTime: 495,
  issuerName: 'Nahverkehr',
  specimen: true,
  securePaperTicket: false,
  activated: true,
  issuerPNR: 'JNV77120',
};

export const PASS_OF_MAY: UperRecord = {
  pass: {
    referenceIA5: 'JNV-PASS',
    productOwnerNum: 3416,
    productIdNum: 9999,
    passDescription: 'Deutschlandticket',
    validFromDay: -3,
    validUntilDay: 31,
    validUntilTime: 180,
    price: 6_300n,
  },
};

export function flexBlock(version: FcbVersion, ticket: UperRecord): Buffer {
  return block('U_FLEX', { 1: '13', 2: '02', 3: '03' }[version], writeFields(ticketFields(version), ticket));
}

export function flexTicket(version: FcbVersion, ...documents: readonly UperRecord[]): Buffer {
  return flexBlock(version, {
    issuingDetail: ISSUING,
    travelerDetail: { traveler: [{ firstName: 'Erika', lastName: 'Geheim', ticketHolder: true }] },
    transportDocument: documents.map((ticket) => ({ ticket })),
  });
}
