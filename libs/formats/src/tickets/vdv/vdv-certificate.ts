import { calendarDate, type CalendarDate } from '#lib/kernel';
import { recoverMessage, type RsaKey } from './message-recovery.js';
import { findTlv, readTlv } from './tlv.js';

const CERTIFICATE = 0x7f21;
const SIGNATURE = 0x5f37;
const REST = 0x5f38;
/** Profile, authority (8), holder (12), rights (7) and the end of validity as digits (4). */
const END_AT = 28;
const OID_AT = 32;
const LONG_OID = 0x2a;
const EXPONENT_BYTES = 4;
/** Bytes of the modulus by profile of the certificate. */
const MODULUS_BYTES: Readonly<Record<number, number>> = { 3: 192, 4: 128, 7: 248 };

/** An issuer's certificate as the barcode carries it, signed by its authority and readable with its key only. */
export interface SignedCertificate {
  readonly signature: Buffer;
  readonly rest: Buffer;
  /** Where the barcode goes on. */
  readonly end: number;
}

export interface OpenCertificate {
  readonly key: RsaKey;
  readonly lastDay: CalendarDate | null;
}

export function readSignedCertificate(bytes: Buffer, at: number): SignedCertificate {
  const { content, end } = readTlv(bytes, at, CERTIFICATE, 'certificate');
  const signature = readTlv(content, 0, SIGNATURE, 'certificate.signature');
  const rest = findTlv(content, signature.end, REST, 'certificate.rest');
  return { signature: signature.content, rest: rest?.content ?? Buffer.alloc(0), end };
}

/** @returns null when it is not signed by that authority or has an unknown profile */
export function openCertificate({ signature, rest }: SignedCertificate, authority: RsaKey): OpenCertificate | null {
  const body = recoverMessage(signature, rest, authority);
  const modulusBytes = MODULUS_BYTES[body?.[0] ?? 0];
  if (body === null || modulusBytes === undefined || body.length <= OID_AT) return null;
  const modulusAt = OID_AT + (body[OID_AT] === LONG_OID ? 9 : 7);
  const exponentAt = modulusAt + modulusBytes;
  if (body.length < exponentAt + EXPONENT_BYTES) return null;
  return {
    key: {
      modulus: body.subarray(modulusAt, exponentAt),
      exponent: body.subarray(exponentAt, exponentAt + EXPONENT_BYTES),
    },
    lastDay: dayOf(body.toString('hex', END_AT, OID_AT)),
  };
}

function dayOf(digits: string): CalendarDate | null {
  if (!/^\d{8}$/.test(digits)) return null;
  return calendarDate(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))) ?? null;
}
