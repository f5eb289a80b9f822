import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { World } from '../../world/world.js';

/** System and client in the names of SAP's cookies. */
const SYSTEM = 'GM6_100';
const SESSION_COOKIE = `SAP_SESSIONID_${SYSTEM}`;
const XSRF_COOKIE = `sap-XSRF_${SYSTEM}`;
const IDLE_MS = 30 * 60_000;
const MOST_SESSIONS = 5000;

/** Technical user and password. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

interface Session {
  readonly token: string;
  lastUsed: number;
}

/**
 * `open`: goes on, with these cookies and this token. `expired`: the session is gone, whatever else the request
 * bears. `denied`: nobody signed on.
 */
export type Admission =
  | { readonly kind: 'open'; readonly token: string; readonly cookies: readonly string[]; readonly tokenCookie: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'denied' };

/** Security sessions of the ABAP server: opened by Basic sign-on, carried by a cookie, gone after 30 idle minutes. */
export class SessionDesk {
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly world: World,
    private readonly credentials: Credentials,
  ) {}

  /** A session cookie decides alone; only without one do the credentials count. */
  admit(headers: IncomingHttpHeaders): Admission {
    const id = cookieNamed(SESSION_COOKIE, headers.cookie ?? '');
    if (id !== undefined) return this.resume(id);
    return this.isKnown(headers.authorization ?? '') ? this.open() : { kind: 'denied' };
  }

  /** Forgets all sessions. */
  reset(): void {
    this.sessions.clear();
  }

  private resume(id: string): Admission {
    const session = this.sessions.get(id);
    if (session === undefined || this.world.now() - session.lastUsed > IDLE_MS) {
      this.sessions.delete(id);
      return { kind: 'expired' };
    }
    session.lastUsed = this.world.now();
    return { kind: 'open', token: session.token, cookies: [], tokenCookie: tokenCookie(session.token) };
  }

  private open(): Admission {
    const oldest = this.sessions.size >= MOST_SESSIONS ? this.sessions.keys().next().value : undefined;
    if (oldest !== undefined) this.sessions.delete(oldest);
    const id = `${randomBytes(32).toString('base64url')}%3d`;
    const token = randomBytes(16).toString('base64');
    this.sessions.set(id, { token, lastUsed: this.world.now() });
    const cookies = ['sap-usercontext=sap-client=100; path=/', `${SESSION_COOKIE}=${id}; path=/; HttpOnly`];
    return { kind: 'open', token, cookies, tokenCookie: tokenCookie(token) };
  }

  private isKnown(authorization: string): boolean {
    const { user, password } = this.credentials;
    const [, encoded = ''] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
    return sameText(Buffer.from(encoded, 'base64').toString('utf8'), `${user}:${password}`);
  }
}

/** Whether the request carries the session's own CSRF token. */
export function bearsToken(headers: IncomingHttpHeaders, token: string): boolean {
  const given = headers['x-csrf-token'];
  return typeof given === 'string' && sameText(given, token);
}

/** Whether the request asks for a CSRF token. */
export function fetchesToken(headers: IncomingHttpHeaders): boolean {
  return String(headers['x-csrf-token'] ?? '').toLowerCase() === 'fetch';
}

function tokenCookie(token: string): string {
  return `${XSRF_COOKIE}=${encodeURIComponent(token)}; path=/`;
}

function cookieNamed(name: string, header: string): string | undefined {
  const pair = header.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
