import { kindOfAnswer, malformed, parseODataJson, readGatewayError, type AnswerKind } from '#lib/formats';
import { AppError, type ErrorDetails } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';

const PDF_MAGIC = Buffer.from('%PDF-');

/** Whether SAP asks to sign in: 401, a redirect to a logon page, or the logon page itself with status 200. */
export function asksToSignIn(response: HttpResponse): boolean {
  const { status } = response;
  return status === 401 || (status >= 300 && status < 400) || (status === 200 && kindOf(response) === 'login-page');
}

/**
 * Whether SAP has turned a change away without looking at it: it asks to sign in, or it refuses the CSRF token (403 with
 * the header `x-csrf-token: Required`).
 */
export function isTurnedAway(response: HttpResponse): boolean {
  const { status, headers } = response;
  const token = headers['x-csrf-token'];
  return asksToSignIn(response) || (status === 403 && typeof token === 'string' && /^required$/i.test(token));
}

/**
 * The JSON document of an answer.
 * @throws AppError UPSTREAM_UNAVAILABLE when the system cannot serve anyone now, UPSTREAM_REJECTED with SAP's code when
 *   it refuses this request, UPSTREAM_MALFORMED when the answer is no JSON
 */
export function documentOf(response: HttpResponse): unknown {
  const { status, body } = response;
  const kind = kindOf(response);
  if (asksToSignIn(response)) throw new AppError('UPSTREAM_UNAVAILABLE', 'SAP does not keep the session');
  if (kind === 'firewall-page') throw new AppError('UPSTREAM_UNAVAILABLE', 'a firewall before SAP refuses the request');
  if (status === 429 || status >= 500) {
    throw new AppError('UPSTREAM_UNAVAILABLE', `SAP answered ${status}`, {
      ...codeOf(kind, body),
      ...pauseOf(response),
    });
  }
  if (status !== 200) throw new AppError('UPSTREAM_REJECTED', `SAP answered ${status}`, codeOf(kind, body));
  if (kind !== 'json') throw malformed('$', 'is not JSON');
  return parseODataJson(body);
}

/** The bytes of a PDF. @throws AppError as {@link documentOf}; UPSTREAM_MALFORMED when the answer is no PDF */
export function pdfOf(response: HttpResponse): Buffer {
  const { status, headers, body } = response;
  const isPdf = String(headers['content-type']).startsWith('application/pdf') && body.subarray(0, 5).equals(PDF_MAGIC);
  if (status === 200 && isPdf) return body;
  documentOf(response);
  throw malformed('$', 'is not a PDF');
}

/** What the body is, whatever the status says. */
export function kindOf({ headers, body }: HttpResponse): AnswerKind {
  const contentType = headers['content-type'];
  return kindOfAnswer(typeof contentType === 'string' ? contentType : undefined, body);
}

/** Only the code: the texts beside it may name people. */
export function codeOf(kind: AnswerKind, body: Buffer): ErrorDetails {
  const code = readGatewayError(kind, body)?.code ?? '';
  return /^[A-Za-z0-9_/ .-]{1,60}$/.test(code) ? { upstreamCode: code } : {};
}

/** Retry-After in seconds; the form with a date is not used by SAP. */
export function pauseOf({ headers }: HttpResponse): ErrorDetails {
  const value = headers['retry-after'];
  return typeof value === 'string' && /^\d{1,5}$/.test(value) ? { retryAfterSeconds: Number(value) } : {};
}
