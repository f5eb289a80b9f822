import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Principal } from '#lib/kernel';

/** What a capability URL lets its holder fetch. Numbers and ids only: addresses stand in logs and histories. */
export interface Capability {
  /** What is fetched, e.g. `energy.invoice-pdf`. */
  readonly kind: string;
  /** Which one, in the words of the lib that serves the kind. */
  readonly item: string;
  readonly customerId: string;
  /** Whose it is: {@link boundTo} of the caller to whom it was given. */
  readonly bound: string;
  /** Whether it is good without credentials: given to an app that signs in by token, whose viewers send no headers. */
  readonly bare: boolean;
  /** Clock time in milliseconds. */
  readonly expiresAt: number;
}

const LONGEST_TOKEN = 1_500;
const SHAPE = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/** The capability as part of an address: its text and the HMAC-SHA256 of it, both base64url. */
export function signCapability(key: Uint8Array, capability: Capability): string {
  const { kind, item, customerId, bound, bare, expiresAt } = capability;
  const text = Buffer.from(JSON.stringify([kind, item, customerId, bound, bare, expiresAt])).toString('base64url');
  return `${text}.${macOf(key, 'capability', text).toString('base64url')}`;
}

/** @returns undefined for anything that was not signed with this key, and from its last millisecond on */
export function readCapability(key: Uint8Array, token: string, now: number): Capability | undefined {
  const [, text, mac] = token.length > LONGEST_TOKEN ? [] : (SHAPE.exec(token) ?? []);
  if (text === undefined || mac === undefined) return undefined;
  // Compared as it is written: base64url has more than one spelling for the same bytes.
  const expected = macOf(key, 'capability', text).toString('base64url');
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(mac))) return undefined;
  const [kind, item, customerId, bound, bare, expiresAt] = JSON.parse(
    Buffer.from(text, 'base64url').toString('utf8'),
  ) as [string, string, string, string, boolean, number];
  return now < expiresAt ? { kind, item, customerId, bound, bare, expiresAt } : undefined;
}

/**
 * A name for the caller that tells nobody who it is: the browser session, or the person behind a token.
 * @returns undefined for callers who get no capabilities
 */
export function boundTo(key: Uint8Array, principal: Principal): string | undefined {
  if (principal.kind !== 'customer' && principal.kind !== 'agent') return undefined;
  const { kind, subject, sessionId } = principal;
  const caller = sessionId === undefined ? [kind, subject] : [kind, subject, sessionId];
  return macOf(key, 'caller', JSON.stringify(caller)).toString('base64url');
}

function macOf(key: Uint8Array, what: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${what}\n${text}`).digest();
}
