import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** For codes that are looked up by their hash: it cannot differ from code to code. scrypt makes guessing dear. */
const HANDOVER_SALT = 'saaltor handover code';

const derive = promisify<string, string | Buffer, number, Buffer>(scrypt);

/** A salted hash (scrypt, RFC 7914) to keep instead of the secret. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(secret, salt, HASH_BYTES);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/**
 * Whether the hash is of this secret; takes the same time whatever differs.
 * @param kept what {@link hashSecret} gave; null where nothing is kept: the answer is no, after the same time
 */
export async function isSecret(secret: string, kept: string | null): Promise<boolean> {
  const [salt = '', hash = ''] = kept?.split('.') ?? [];
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(secret, Buffer.from(salt, 'base64url'), HASH_BYTES);
  return expected.length === HASH_BYTES && timingSafeEqual(actual, expected);
}

/** The one hash of a code that is valid for minutes and must be found by it. */
export async function hashHandoverCode(code: string): Promise<string> {
  return (await derive(code, HANDOVER_SALT, HASH_BYTES)).toString('base64url');
}
