import { CHANNEL_CLIENTS, type ClientOrder } from '../identity/channel-clients.js';
import type { TokenOrder } from '../identity/identity-provider.js';
import type { Lifetimes } from '../identity/lifetimes.js';
import { OUTAGE_KINDS, type OutageKind } from '../identity/outage.js';
import type { FindPerson } from '../identity/people.js';
import { WRONGS } from '../identity/wrong-tokens.js';
import { Problem } from './problem.js';
import { isWhole, readFields } from './read-orders.js';

/** A month; in seconds, like all here. */
const LONGEST = 31 * 86_400;

/** `{persona, secondFactor?, signedInSecondsAgo?, lifetime?, wrong?}`. */
export function readTokenOrder(body: Buffer, find: FindPerson): TokenOrder {
  const fields = readFields(body, ['persona', 'secondFactor', 'signedInSecondsAgo', 'lifetime', 'wrong']);
  const secondFactor = readFlag(fields, 'secondFactor');
  const signedInSecondsAgo = readSeconds(fields, 'signedInSecondsAgo', 0);
  const lifetime = readSeconds(fields, 'lifetime');
  const wrong = WRONGS.find((known) => known === fields['wrong']);
  if (fields['wrong'] !== undefined && wrong === undefined) {
    throw new Problem(400, `wrong must be one of ${WRONGS.join(', ')}.`);
  }
  return {
    persona: readPersona(fields['persona'], find),
    ...(secondFactor !== undefined && { secondFactor }),
    ...(signedInSecondsAgo !== undefined && { signedInSecondsAgo }),
    ...(lifetime !== undefined && { lifetime }),
    ...(wrong !== undefined && { wrong }),
  };
}

/** `{persona}`: the key of someone who can sign in. */
export function readSignOut(body: Buffer, find: FindPerson): string {
  return readPersona(readFields(body, ['persona'])['persona'], find);
}

/** `{keepOld?}`; true unless given. An empty body will do. */
export function readRotation(body: Buffer): boolean {
  return body.length === 0 || (readFlag(readFields(body, ['keepOld']), 'keepOld') ?? true);
}

/** `{kind?, seconds?}`, or `{kind: "off"}`. @returns undefined to end the outage */
export function readOutage(body: Buffer): { readonly kind: OutageKind; readonly seconds?: number } | undefined {
  const fields = readFields(body, ['kind', 'seconds']);
  const seconds = readSeconds(fields, 'seconds');
  if (fields['kind'] === 'off' && seconds === undefined) return undefined;
  const kind = OUTAGE_KINDS.find((known) => known === (fields['kind'] ?? '503'));
  if (kind === undefined) throw new Problem(400, `kind must be one of ${OUTAGE_KINDS.join(', ')}, or off alone.`);
  return { kind, ...(seconds !== undefined && { seconds }) };
}

/** `{accessToken?, refreshToken?, session?}` in seconds; what is not given stays. */
export function readLifetimes(body: Buffer): Partial<Lifetimes> {
  const names = ['accessToken', 'refreshToken', 'session'] as const;
  const fields = readFields(body, names);
  return Object.fromEntries(
    names.flatMap((name) => {
      const seconds = readSeconds(fields, name);
      return seconds === undefined ? [] : [[name, seconds]];
    }),
  );
}

/** `{client?, origin?, gatewayUrl?}`. */
export function readClientOrder(body: Buffer): ClientOrder {
  const fields = readFields(body, ['client', 'origin', 'gatewayUrl']);
  const client = CHANNEL_CLIENTS.find((known) => known === fields['client']);
  if (fields['client'] !== undefined && client === undefined) {
    throw new Problem(400, `client must be one of ${CHANNEL_CLIENTS.join(', ')}.`);
  }
  const origin = readOrigin(fields, 'origin');
  const gatewayUrl = readOrigin(fields, 'gatewayUrl');
  if (origin === undefined && gatewayUrl === undefined) throw new Problem(400, 'Give origin, gatewayUrl, or both.');
  return {
    ...(client !== undefined && { client }),
    ...(origin !== undefined && { origin }),
    ...(gatewayUrl !== undefined && { gatewayUrl }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function readPersona(value: unknown, find: FindPerson): string {
  const person = typeof value === 'string' ? find(value) : undefined;
  if (!person) throw new Problem(400, 'persona must be a key from /personas or one like h-000123.');
  if (person.password === null) throw new Problem(400, `${person.key} has no sign-in, so there is no token.`);
  return person.key;
}

function readFlag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Problem(400, `${name} must be true or false.`);
}

function readSeconds(fields: Fields, name: string, least = 1): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (isWhole(value, least, LONGEST)) return value;
  throw new Problem(400, `${name} must be a whole number of seconds from ${least} to ${LONGEST}.`);
}

function readOrigin(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || isOrigin(value)) return value;
  throw new Problem(400, `${name} must be an origin without a path, e.g. https://portal.example.test.`);
}

/** Exactly as a browser would write it. */
export function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 200 || !URL.canParse(value)) return false;
  const { origin, protocol } = new URL(value);
  return origin === value && (protocol === 'https:' || protocol === 'http:');
}
