import { hash } from 'node:crypto';
import type { Language, Principal } from '#lib/kernel';

/** A request to `/graphql` as Fastify has read it, as far as it is used. */
export interface AskedRequest {
  readonly method: string;
  /** Scheme and host as the browser sees them. */
  readonly protocol: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Longer ones are none that a client sends. */
const LONGEST_ACCEPT = 200;

/**
 * What makes two requests of one moment the same: customer, channel, language, media type, and the whole body as it came,
 * which holds document, operation and variables. Epochs are compared beside it. A digest, so that the key says nothing
 * of the customer.
 * @param body of the request; what is the same byte for byte is read the same
 * @returns null for a request that is none of those whose answers are kept
 */
export function answerKey(request: AskedRequest, body: Buffer, caller: Principal, language: Language): string | null {
  const { method, headers, protocol } = request;
  const { accept = '' } = headers;
  if (method !== 'POST' || caller.kind !== 'customer' || typeof accept !== 'string') return null;
  if (accept.length > LONGEST_ACCEPT || !isJson(headers['content-type'])) return null;
  const host = caller.sessionId === undefined ? APP : request.host;
  // The scheme decides on headers of the answer. JSON holds no line end, so nothing of the body counts as one of these.
  const parts = JSON.stringify([caller.subject, protocol, host, language, accept]);
  return hash('sha256', `${parts}\n${body.toString('latin1')}`, 'base64url');
}

/** Tokens come from apps; each browser channel has an origin of its own. No host has a name like this. */
const APP = ' app';

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.startsWith('application/json');
}
