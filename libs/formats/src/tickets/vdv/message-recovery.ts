import { createHash } from 'node:crypto';

/** RSA key, big-endian. */
export interface RsaKey {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

const HEADER = 0x6a;
const TRAILER = 0xbc;
const HASH_BYTES = 20;
const LONGEST_EXPONENT = 4;

/**
 * Recovers a message from a signature by ISO/IEC 9796-2, scheme 1 with SHA-1: the signature holds the beginning of the
 * message and the hash of all of it.
 * @param rest end of the message, which did not fit into the signature
 * @returns the whole message; null when the signature is not of this key or of another message
 */
export function recoverMessage(signature: Buffer, rest: Buffer, key: RsaKey): Buffer | null {
  if (key.exponent.length > LONGEST_EXPONENT || signature.length !== key.modulus.length) return null;
  const opened = powerModulo(numberOf(signature), numberOf(key.exponent), numberOf(key.modulus));
  const block = Buffer.from(opened.toString(16).padStart(signature.length * 2, '0'), 'hex');
  if (block[0] !== HEADER || block.at(-1) !== TRAILER || block.length < HASH_BYTES + 2) return null;
  const message = Buffer.concat([block.subarray(1, -HASH_BYTES - 1), rest]);
  const hash = createHash('sha1').update(message).digest();
  return hash.equals(block.subarray(-HASH_BYTES - 1, -1)) ? message : null;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus <= 1n) return 0n;
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
