import { createHmac, createPublicKey, randomUUID, sign } from 'node:crypto';
import { publicJwk, type SigningKey } from './key-ring.js';

/** What a right access token would be made of. */
export interface TokenParts {
  readonly issuer: string;
  readonly audience: string;
  readonly clientId: string;
  readonly subject: string;
  /** Beside the registered ones. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The key that signs at present. */
  readonly key: SigningKey;
  /** A key that the provider does not publish as its own, but serves at `foreignKeysUrl` for whoever should not ask. */
  readonly foreignKey: SigningKey;
  readonly foreignKeysUrl: string;
  /** Seconds since 1970 on the real clock and on the sandbox's. */
  readonly clocks: readonly [number, number];
}

type Fields = Readonly<Record<string, unknown>>;

interface Draft extends TokenParts {
  readonly header: Fields;
  readonly payload: Fields;
}

const HOUR = 3_600;

/** Tokens that nobody may accept, each wrong in one way only. */
const MAKERS = {
  expired: (draft) => {
    const ended = Math.min(...draft.clocks) - HOUR;
    return rs256(draft, {}, { iat: ended - HOUR, exp: ended });
  },
  'not-yet': (draft) => {
    const begin = Math.max(...draft.clocks) + HOUR;
    return rs256(draft, {}, { nbf: begin, exp: begin + HOUR });
  },
  issuer: (draft) => rs256(draft, {}, { iss: 'https://elsewhere.example' }),
  audience: (draft) => rs256(draft, {}, { aud: 'https://elsewhere.example/graph' }),
  type: (draft) => rs256(draft, { typ: 'JWT' }),
  /** An ID token of the portal in place of an access token. */
  'id-token': (draft) => rs256(draft, { typ: 'JWT' }, { aud: 'saaltor-portal', nonce: randomUUID() }),
  'no-subject': (draft) => rs256(draft, {}, { sub: undefined }),
  'no-expiry': (draft) => rs256(draft, {}, { exp: undefined }),
  none: (draft) => `${encode({ ...draft.header, alg: 'none', kid: undefined }, draft.payload)}.`,
  /** The public key, which everyone knows, as the secret of an HMAC. */
  hs256: (draft) => hs256(draft, {}, createPublicKey(draft.key.privateKey).export({ format: 'pem', type: 'spki' })),
  /** A key id that is a path to an empty file, whose content is the secret then. */
  'kid-path': (draft) => hs256(draft, { kid: '../../../../../../dev/null' }, ''),
  'unknown-kid': (draft) => rs256(draft, { kid: randomUUID() }, {}, draft.foreignKey),
  /** Signed by another key than the one it names. */
  signature: (draft) => rs256(draft, {}, {}, draft.foreignKey),
  /** Signed rightly, then changed. */
  tampered: (draft) => {
    const [, , signature = ''] = rs256(draft).split('.');
    return `${encode(draft.header, { ...draft.payload, sub: 'otto' })}.${signature}`;
  },
  jku: (draft) => rs256(draft, { ...foreign(draft), jku: draft.foreignKeysUrl }, {}, draft.foreignKey),
  x5u: (draft) => rs256(draft, { ...foreign(draft), x5u: draft.foreignKeysUrl }, {}, draft.foreignKey),
  jwk: (draft) => rs256(draft, { ...foreign(draft), jwk: publicJwk(draft.foreignKey) }, {}, draft.foreignKey),
  /** A header that must be understood (RFC 7515, section 4.1.11) and that nobody does. */
  crit: (draft) => rs256(draft, { crit: ['urn:saaltor:unknown'], 'urn:saaltor:unknown': true }),
  /** The claim of agents in another shape than agreed. */
  agent: (draft) => rs256(draft, {}, { saaltor_agent: 'ENERGY' }),
} satisfies Record<string, (draft: Draft) => string>;

export type Wrong = keyof typeof MAKERS;

export const WRONGS = Object.keys(MAKERS) as readonly Wrong[];

/** An access token that is as it should be but for one thing. */
export function wrongToken(wrong: Wrong, parts: TokenParts): string {
  const [now] = parts.clocks;
  return MAKERS[wrong]({
    ...parts,
    header: { alg: 'RS256', typ: 'at+jwt', kid: parts.key.kid },
    payload: {
      ...parts.claims,
      jti: randomUUID(),
      sub: parts.subject,
      iat: now,
      exp: now + HOUR,
      client_id: parts.clientId,
      iss: parts.issuer,
      aud: parts.audience,
    },
  });
}

function foreign({ foreignKey }: Draft): Fields {
  return { kid: foreignKey.kid };
}

function rs256(draft: Draft, header: Fields = {}, payload: Fields = {}, key = draft.key): string {
  const signed = encode({ ...draft.header, ...header }, { ...draft.payload, ...payload });
  return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

function hs256(draft: Draft, header: Fields, secret: string | Buffer): string {
  const signed = encode({ ...draft.header, ...header, alg: 'HS256' }, draft.payload);
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

function encode(header: Fields, payload: Fields): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
