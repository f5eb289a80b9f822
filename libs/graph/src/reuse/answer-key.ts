import { hash } from 'node:crypto';
import type { Language, Principal } from '#lib/kernel';

/** A request to `/graphql` as Fastify has read it, as far as it is used. */
export interface AskedRequest {
  readonly method: string;
  /** Scheme and host as the browser sees them. */
  readonly protocol: string;
  readonly host: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Longer ones are none that a client sends. */
const LONGEST_ACCEPT = 200;

/**
 * What makes two requests of one moment the same: customer, channel, language, media type, and the whole body, which
 * holds document, operation and variables. Epochs are compared beside it. A digest, so that the key says nothing of the
 * customer.
 * @returns null for a request that is none of those whose answers are kept
 */
export function answerKey(request: AskedRequest, caller: Principal, language: Language): string | null {
  const { method, headers, body } = request;
  const { accept = '' } = headers;
  if (method !== 'POST' || caller.kind !== 'customer' || typeof accept !== 'string') return null;
  if (accept.length > LONGEST_ACCEPT || !isJson(headers['content-type']) || !hasText(body)) return null;
  const channel = caller.sessionId === undefined ? APP : `${request.protocol}://${request.host}`;
  const parts = [caller.subject, channel, language, accept, body];
  return hash('sha256', JSON.stringify(parts), 'base64url');
}

/** Tokens come from apps; each browser channel has an origin of its own. */
const APP = 'app';

function isJson(contentType: string | string[] | undefined): boolean {
  return typeof contentType === 'string' && contentType.startsWith('application/json');
}

/** A registered document stands in the place of its id by now. */
function hasText(body: unknown): body is { readonly query: string } {
  return typeof body === 'object' && body !== null && 'query' in body && typeof body.query === 'string';
}
