import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Capital letters and digits without those that look alike in print: 0 and O, 1, I and L. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
/** 31 to the power of 10: with five tries nobody guesses one of 8 × 10^14 codes. */
const LENGTH = 10;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

/** A new code for a letter, e.g. `K7QX2MHD4P`. */
export function makeLetterCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The code as it was made, from what people type: blanks, hyphens and small letters do not matter. */
export function parseLetterCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  return SHAPE.test(code) ? code : undefined;
}

/** A salted hash (scrypt) to keep instead of the code. */
export async function hashLetterCode(code: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(code, salt, HASH_BYTES);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** Whether the hash is of this code; takes the same time whatever differs. */
export async function isLetterCode(code: string, kept: string): Promise<boolean> {
  const [salt = '', hash = ''] = kept.split('.');
  const expected = Buffer.from(hash, 'base64url');
  return timingSafeEqual(await derive(code, Buffer.from(salt, 'base64url'), expected.length), expected);
}
