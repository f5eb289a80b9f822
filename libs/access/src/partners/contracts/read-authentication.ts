import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { Secret, type ClientAuthentication, type PublicKey } from './partner-contract.js';
import type { Place } from './place.js';

const MOST_KEYS = 10;
/** 256 bits in base64url are 43 characters; nobody is to choose a secret. */
const SHORTEST_SECRET = 32;
const VARIABLE = /^[A-Z][A-Z0-9_]{2,99}$/;
const KEY_TYPES: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP']);
/** Members that only a private or a shared key has (RFC 7518 §6). */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Exactly one of a secret, which a variable holds, and public keys. */
export function readAuthentication(
  contract: Place,
  findSecret: (variable: string) => string | undefined,
): ClientAuthentication {
  const [secretEnv, jwks] = [contract.at('secretEnv'), contract.at('jwks')];
  if ((secretEnv.value === undefined) === (jwks.value === undefined)) {
    contract.refuse('must have either secretEnv or jwks');
    return { method: 'private_key_jwt', keys: [] };
  }
  return jwks.value === undefined ? readSecret(secretEnv, findSecret) : readKeys(jwks);
}

function readSecret(place: Place, findSecret: (variable: string) => string | undefined): ClientAuthentication {
  const variable = place.text(VARIABLE, 'must be the name of a variable, in capitals');
  const secret = variable === '' ? undefined : findSecret(variable);
  if (variable !== '' && (secret === undefined || secret.length < SHORTEST_SECRET)) {
    place.refuse(`the variable must hold at least ${SHORTEST_SECRET} characters`);
  }
  return { method: 'client_secret_basic', secret: new Secret(secret ?? '') };
}

function readKeys(place: Place): ClientAuthentication {
  place.refuseOthers(['keys']);
  const keys = place.at('keys').list(MOST_KEYS);
  if (keys.length === 0) place.at('keys').refuse('must hold at least one key');
  return { method: 'private_key_jwt', keys: keys.flatMap((key) => readKey(key) ?? []) };
}

function readKey(place: Place): PublicKey | undefined {
  const key = place.value as JsonWebKey | null;
  if (!KEY_TYPES.has(key?.kty) || PRIVATE_MEMBERS.some((member) => place.at(member).value !== undefined)) {
    place.refuse('must be a public key of type RSA, EC or OKP');
    return undefined;
  }
  try {
    createPublicKey({ key: key!, format: 'jwk' });
    return key as PublicKey;
  } catch {
    place.refuse('is no key that can be read');
    return undefined;
  }
}
