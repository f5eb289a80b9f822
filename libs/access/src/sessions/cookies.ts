import type { IncomingRequest } from '../callers.js';

/**
 * `__Host-` makes browsers insist on Secure, `/` and no Domain: no neighbouring host can plant one of these.
 * Strict: no other site's page can make a browser send the session.
 */
export const SESSION_COOKIE = '__Host-saaltor';
/** Lax, since the browser comes back with it from the identity provider's site. */
export const LOGIN_COOKIE = '__Host-saaltor-login';

const SAME_SITE = { [SESSION_COOKIE]: 'Strict', [LOGIN_COOKIE]: 'Lax' } as const;

type CookieName = keyof typeof SAME_SITE;

/** Ours hold base64url only, so nothing has to be quoted or decoded. */
const VALUE = /^[A-Za-z0-9_-]+$/;

/** The value of a cookie of ours; undefined when the request brings none, or one that cannot be ours. */
export function cookieOf({ headers }: IncomingRequest, name: CookieName): string | undefined {
  const pairs = [headers['cookie']].flat().join('; ').split(';');
  const pair = pairs.map((text) => text.trim()).find((text) => text.startsWith(`${name}=`));
  const value = pair?.slice(name.length + 1);
  return value !== undefined && VALUE.test(value) ? value : undefined;
}

/** A `Set-Cookie` line. @param maxAgeSeconds absent: until the browser is closed, as for sessions */
export function setCookie(name: CookieName, value: string, maxAgeSeconds?: number): string {
  const age = maxAgeSeconds === undefined ? '' : `Max-Age=${maxAgeSeconds}; `;
  return `${name}=${value}; ${age}Path=/; HttpOnly; Secure; SameSite=${SAME_SITE[name]}`;
}

/** A `Set-Cookie` line that removes the cookie. */
export function clearCookie(name: CookieName): string {
  return setCookie(name, '', 0);
}
