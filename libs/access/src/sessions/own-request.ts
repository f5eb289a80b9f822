import { AppError } from '#lib/kernel';
import type { IncomingRequest } from '../callers.js';
import type { Channel } from '../channels/channel.js';

/**
 * The header by which a channel's own script shows that the request is its own: other sites' pages cannot send it
 * without asking first, and nobody is told yes. Needed on every request with a session (RFC 10017), reads included.
 */
export const OWN_REQUEST_HEADER = 'x-saaltor';
const OWN_REQUEST_VALUE = '1';

/**
 * Whether the channel's own pages have made the request: with the header, and from nowhere else as far as the browser
 * says (`Origin`, `Sec-Fetch-Site`).
 * @throws AppError FORBIDDEN otherwise
 */
export function requireOwnRequest(request: IncomingRequest, channel: Channel): void {
  if (one(request, OWN_REQUEST_HEADER) !== OWN_REQUEST_VALUE) {
    throw forbidden(`the header ${OWN_REQUEST_HEADER}: ${OWN_REQUEST_VALUE} is missing`);
  }
  if (isForeign(request, channel)) throw forbidden('the request comes from another site');
}

/** Whether the browser says that a page under another origin has caused the request. */
export function isForeign(request: IncomingRequest, channel: Channel): boolean {
  const origin = one(request, 'origin');
  const site = one(request, 'sec-fetch-site');
  if (origin !== undefined && origin !== channel.origin) return true;
  return site === 'cross-site' || site === 'same-site';
}

function one({ headers }: IncomingRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function forbidden(reason: string): AppError {
  return new AppError('FORBIDDEN', reason, { reason });
}
