import { createPublicKey, generateKeyPair, randomBytes, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWKS } from 'oidc-provider';

const makeKeyPair = promisify(generateKeyPair);
/** Keys that are no longer signed with but still published; older ones are forgotten. */
const MOST_OLD = 10;

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The keys that tokens are signed with: new ones at every start, so that nobody comes to rely on them. */
export class KeyRing {
  private constructor(
    private current: readonly [SigningKey, SigningKey],
    private old: readonly SigningKey[] = [],
  ) {}

  static async make(): Promise<KeyRing> {
    return new KeyRing(await makeKeys());
  }

  /** The key behind RS256, by which all tokens are signed. */
  get rsa(): SigningKey {
    return this.current[0];
  }

  /**
   * From now on another key signs.
   * @param keepsOld whether the ones before stay published, so that their tokens still count
   */
  async rotate(keepsOld: boolean): Promise<void> {
    const next = await makeKeys();
    this.old = keepsOld ? [...this.current, ...this.old].slice(0, MOST_OLD) : [];
    this.current = next;
  }

  /** With private parts; the first fitting one signs. */
  privateSet(): JWKS {
    return { keys: [...this.current, ...this.old].map(privateJwk) };
  }

  /** What the world sees, as key ids. */
  published(): readonly string[] {
    return [...this.current, ...this.old].map(({ kid }) => kid);
  }
}

/** A key of its own that no ring publishes. */
export async function makeRsaKey(): Promise<SigningKey> {
  const { privateKey } = await makeKeyPair('rsa', { modulusLength: 2048 });
  return { kid: newKid(), privateKey };
}

/** The public half as JWK. */
export function publicJwk({ kid, privateKey }: SigningKey): JsonWebKey {
  return { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid, use: 'sig' };
}

async function makeKeys(): Promise<[SigningKey, SigningKey]> {
  const [rsa, { privateKey }] = await Promise.all([makeRsaKey(), makeKeyPair('ec', { namedCurve: 'P-256' })]);
  return [rsa, { kid: newKid(), privateKey }];
}

function privateJwk({ kid, privateKey }: SigningKey) {
  return Object.assign(privateKey.export({ format: 'jwk' }), { kid, use: 'sig' }) as JWKS['keys'][number];
}

function newKid(): string {
  return randomBytes(9).toString('base64url');
}
