import { readBatch, writeBatch, type BatchAnswer } from '#lib/formats';
import { AppError } from '#lib/kernel';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import { asksToSignIn, documentOf, kindOf } from './gateway-answer.js';

/** What became of a batch as a whole. */
export type BatchOutcome =
  /** One answer for each read, in their order, as if it had been asked for by itself. */
  | { readonly kind: 'answered'; readonly answers: readonly HttpResponse[] }
  /** The service, or something before it, takes no batches. */
  | { readonly kind: 'refused' }
  /** This batch cannot be had: it is bad or too large for SAP, or nobody can tell which answer belongs to which read. */
  | { readonly kind: 'unreadable' }
  /** Nobody is served now; `isPoisoned` where a single read may be the reason. */
  | { readonly kind: 'down'; readonly error: unknown; readonly isPoisoned: boolean };

const NOT_IMPLEMENTED = 501;
/** Said of the address, the method or the kind of content, and so of every batch; 403 after the token was renewed. */
const REFUSALS: ReadonlySet<number> = new Set([403, 404, 405, 406, 415, NOT_IMPLEMENTED]);

/**
 * A `$batch` of reads. SAP takes the language of the whole from the outer header, older gateways from each part.
 * @param targets addresses relative to the service, encoded
 * @throws AppError INVALID_INPUT for a target that would end its line
 */
export function batchRequest(service: string, targets: readonly string[]): HttpRequest {
  const headers = { 'Accept-Language': 'de' };
  const { contentType, body } = writeBatch(targets.map((target) => ({ kind: 'read', target, headers })));
  return {
    method: 'POST',
    path: `${service}/$batch`,
    headers: { accept: 'multipart/mixed', 'accept-language': 'de', 'content-type': contentType },
    body,
  };
}

/** Reads the answer to a batch of `count` reads. */
export function batchOutcome(response: HttpResponse, count: number): BatchOutcome {
  const { status, headers, body } = response;
  if (isOutage(response)) return { kind: 'down', error: outageOf(response), isPoisoned: status === 500 };
  if (REFUSALS.has(status) || kindOf(response) === 'firewall-page') return { kind: 'refused' };
  if (status !== 200 && status !== 202) return { kind: 'unreadable' };
  try {
    const answers = readBatch(String(headers['content-type']), body).map(responseOf);
    return answers.length === count ? { kind: 'answered', answers } : { kind: 'unreadable' };
  } catch (error) {
    if (error instanceof AppError) return { kind: 'unreadable' };
    throw error;
  }
}

function isOutage(response: HttpResponse): boolean {
  const { status } = response;
  // A firewall may dislike only the batch: what it thinks of the reads is seen when they are sent by themselves.
  if (kindOf(response) === 'firewall-page') return false;
  return asksToSignIn(response) || status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED);
}

function outageOf(response: HttpResponse): unknown {
  try {
    documentOf(response);
  } catch (error) {
    return error;
  }
  return new AppError('INTERNAL', 'an outage was read as an answer');
}

/** @throws AppError UPSTREAM_MALFORMED for the answer to a changeset: none was sent */
function responseOf(answer: BatchAnswer): HttpResponse {
  if (answer.kind === 'changeset') throw new AppError('UPSTREAM_MALFORMED', 'a changeset was not asked for');
  const { status, headers, body } = answer;
  return { status, headers: Object.fromEntries(headers), body };
}
