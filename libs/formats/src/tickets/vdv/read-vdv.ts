import { malformed } from '../../wire/wire-object.js';
import { money, type Omission } from '#lib/kernel';
import type { TravelClass } from '../ticket-facts.js';
import type { TicketSummary, VdvTicket } from '../ticket-model.js';
import { recoverMessage, type RsaKey } from './message-recovery.js';
import { findTlv, readTlv } from './tlv.js';
import { openCertificate, readSignedCertificate } from './vdv-certificate.js';
import { PRODUCT_HEAD_BYTES, readProductHead, vdvProductName, type VdvProduct } from './vdv-product.js';

/** Public key of an authority that certifies issuers, by its reference as hex, e.g. `4445564456110216`. */
export interface VdvAuthorityKey extends RsaKey {
  readonly reference: string;
}

const MOST_BYTES = 4_000;
const SIGNATURE = 0x9e;
const REST = 0x9a;
const AUTHORITY = 0x42;
const PRODUCT = 0x85;
const BASIC = 0xda;
const CLASS_AT = 7;
const PRICE_AT = 8;
const BASIC_BYTES = 11;
const MARK = 'VDV';
const TRAILER_BYTES = 5;
const CLASSES: Readonly<Record<number, TravelClass>> = { 1: 'FIRST', 2: 'SECOND', 3: 'FIRST' };
const EMPTY: TicketSummary = { number: null, product: null, validity: null, travelClass: null, price: null };

export function isVdvBarcode(bytes: Buffer): boolean {
  return bytes[0] === SIGNATURE;
}

/**
 * Reads a static authorisation by VDV-KA: signature, end of the signed message with the mark `VDV`, certificate of the
 * issuer, reference of its authority. Everything of interest is inside the signature; it is read when the authority's
 * key is among `keys` and left unread, which is no error, otherwise.
 * @throws AppError UPSTREAM_MALFORMED when it is no such barcode
 */
export function readVdv(bytes: Buffer, keys: readonly VdvAuthorityKey[]): VdvTicket {
  if (bytes.length > MOST_BYTES) throw malformed('$', `is larger than ${MOST_BYTES} bytes, so no barcode`);
  const signature = readTlv(bytes, 0, SIGNATURE, 'signature');
  const rest = readTlv(bytes, signature.end, REST, 'rest');
  const trailer = rest.content.subarray(-TRAILER_BYTES);
  if (trailer.length < TRAILER_BYTES || trailer.toString('latin1', 0, 3) !== MARK)
    throw malformed('rest', 'has no mark VDV');
  const certificate = readSignedCertificate(bytes, rest.end);
  const authority = readTlv(bytes, certificate.end, AUTHORITY, 'authority').content.toString('hex');
  const known = { kind: 'VDV_KA', version: trailer.toString('hex', 3), authority } as const;

  const key = keys.find(({ reference }) => reference.toLowerCase() === authority);
  if (key === undefined) return unread(known, 'UNCHECKED', 'is signed by an authority whose key is not at hand');
  const issuer = openCertificate(certificate, key);
  if (issuer === null) return unread(known, 'INVALID', 'has a certificate its authority did not sign');
  const message = recoverMessage(signature.content, rest.content, issuer.key);
  if (message === null) return unread(known, 'INVALID', 'is not signed by its issuer');
  const product = readProduct(message);
  const { ticketId, validity, travelClass, price, productNumber } = product;
  return {
    ...known,
    summary: { number: ticketId, product: vdvProductName(productNumber), validity, travelClass, price },
    signature: 'VALID',
    certificateEnd: issuer.lastDay,
    product,
    omissions: [],
  };
}

function unread(
  known: Pick<VdvTicket, 'kind' | 'version' | 'authority'>,
  signature: VdvTicket['signature'],
  reason: string,
): VdvTicket {
  const omissions: readonly Omission[] = [{ path: 'signature', reason }];
  return { ...known, summary: EMPTY, signature, certificateEnd: null, product: null, omissions };
}

/** Product data (0x85) follow the head; what they say of the traveller (0xDB) is left out. */
function readProduct(message: Buffer): VdvProduct {
  if (message.length < PRODUCT_HEAD_BYTES) throw malformed('message', 'is cut off');
  const head = readProductHead(message, 0);
  const { content } = readTlv(message, PRODUCT_HEAD_BYTES, PRODUCT, 'message.product');
  const basic = findBasicData(content);
  if (basic === null || basic.length < BASIC_BYTES) return { ...head, travelClass: null, price: null };
  const cents = basic.readUIntBE(PRICE_AT, 3);
  const travelClass = CLASSES[basic.readUInt8(CLASS_AT)] ?? null;
  return { ...head, travelClass, price: money(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`) };
}

function findBasicData(product: Buffer): Buffer | null {
  let at = 0;
  while (at < product.length) {
    const found = findTlv(product, at, BASIC, 'message.product.basic');
    if (found !== null) return found.content;
    at = readTlv(product, at, product[at] ?? 0, 'message.product').end;
  }
  return null;
}
