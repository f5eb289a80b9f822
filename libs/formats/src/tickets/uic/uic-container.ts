import { inflateSync } from 'node:zlib';
import type { Omission } from '#lib/kernel';
import { malformed } from '../../wire/wire-object.js';

/** Head of the barcode and its blocks, still packed one by one. */
export interface UicContainer {
  readonly version: 1 | 2;
  readonly signer: string;
  readonly keyId: string;
  readonly signatureShaped: boolean;
  readonly blocks: readonly UicBlock[];
  readonly omissions: readonly Omission[];
}

export interface UicBlock {
  readonly name: string;
  readonly version: string;
  readonly content: Buffer;
}

/** An Aztec code holds 1,914 bytes at most. */
const MOST_BYTES = 10_000;
const MOST_UNPACKED = 64 * 1024;
const MOST_BLOCKS = 50;
const HEAD_BYTES = 14;
const SIGNATURE_BYTES = { 1: 50, 2: 64 } as const;
const LENGTH_BYTES = 4;
const BLOCK_HEAD = /^([ -~]{6})(\d{2})(\d{4})/;
const BLOCK_HEAD_BYTES = 12;

/** `#UT` is the standard's mark, `OTI` is met with in Austria. */
export function isUicBarcode(bytes: Buffer): boolean {
  return /^(?:#UT|OTI)$/.test(bytes.toString('latin1', 0, 3));
}

/**
 * Opens a barcode by UIC 918.3: mark, version, signer (RICS), key, signature, length, compressed blocks.
 * @throws AppError UPSTREAM_MALFORMED when it is cut off, its compressed part damaged or unpacking to more than 64 KiB
 */
export function openUicBarcode(bytes: Buffer): UicContainer {
  if (bytes.length > MOST_BYTES) throw malformed('$', `is larger than ${MOST_BYTES} bytes, so no barcode`);
  const head = bytes.toString('latin1', 0, HEAD_BYTES);
  const version = { '01': 1, '02': 2 }[head.slice(3, 5)] as 1 | 2 | undefined;
  if (version === undefined) throw malformed('head.version', 'is neither 01 nor 02');
  const packedAt = HEAD_BYTES + SIGNATURE_BYTES[version] + LENGTH_BYTES;
  if (bytes.length <= packedAt) throw malformed('data', 'is missing');
  const length = bytes.toString('latin1', packedAt - LENGTH_BYTES, packedAt);
  if (!/^\d{4}$/.test(length)) throw malformed('length', 'is not four digits');
  return {
    version,
    signer: head.slice(5, 9).trim(),
    keyId: head.slice(9, 14).trim(),
    signatureShaped: isSignature(bytes.subarray(HEAD_BYTES, HEAD_BYTES + SIGNATURE_BYTES[version]), version),
    ...splitBlocks(unpack(bytes.subarray(packedAt))),
  };
}

/** Version 1 holds two integers as ASN.1 sequence, filled up; version 2 holds them side by side. */
function isSignature(signature: Buffer, version: 1 | 2): boolean {
  if (version === 2) return signature.some((byte) => byte !== 0);
  const length = signature[1] ?? 0;
  const firstLength = signature[3] ?? 0;
  return (
    signature[0] === 0x30 && length + 2 <= signature.length && signature[2] === 2 && signature[4 + firstLength] === 2
  );
}

/** Issuers get the length wrong in practice; the compressed part knows its own end. */
function unpack(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw malformed('data', tooLarge ? 'unpacks to more than 64 KiB' : 'is not valid zlib data');
  }
}

/** A broken block hides all that follow it: they are reported as one omission. */
function splitBlocks(data: Buffer): Pick<UicContainer, 'blocks' | 'omissions'> {
  const blocks: UicBlock[] = [];
  let at = 0;
  while (at < data.length && blocks.length < MOST_BLOCKS) {
    const [head, name = '', version = '', digits = ''] =
      BLOCK_HEAD.exec(data.toString('latin1', at, at + BLOCK_HEAD_BYTES)) ?? [];
    const end = at + Number(digits);
    if (head === undefined || end < at + BLOCK_HEAD_BYTES || end > data.length) break;
    blocks.push({ name, version, content: data.subarray(at + BLOCK_HEAD_BYTES, end) });
    at = end;
  }
  if (blocks.length === 0) throw malformed('data', 'has no block');
  const rest = at < data.length && data.subarray(at).some((byte) => byte !== 0);
  return { blocks, omissions: rest ? [{ path: `data[${at}]`, reason: 'is no whole block' }] : [] };
}
