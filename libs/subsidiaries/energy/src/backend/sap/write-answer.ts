import { malformed, readGatewayError, type AnswerKind } from '#lib/formats';
import { AppError, type ErrorCode } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';
import { codeOf, isTurnedAway, kindOf, pauseOf } from './gateway-answer.js';
import { asUnsent } from './unsent.js';
import { PLAUSIBILITY_ERROR } from '../umc.wire.js';

/** What SAP made of a change. */
export type Written =
  /** It has been carried out. */
  { readonly kind: 'taken' } | { readonly kind: 'refused'; readonly refusal: SapRefusal };

/** A refusal that speaks of the matter, not of the technology. */
export interface SapRefusal {
  /** Message class and number, e.g. `EL/459`. */
  readonly code: string;
  /** SAP's words for the customer concerned: they are shown to nobody else and never logged. Null without any. */
  readonly message: string | null;
  /** SAP would take the reading with a note that explains it (plausibility handshake, domain.md section 1). */
  readonly isImplausible: boolean;
  /** Someone else has changed it since it was read (412). */
  readonly isOutdated: boolean;
}

const LONGEST_MESSAGE = 300;
/** Applications name message class and number (`EL/459`); the gateway's framework has names with a slash in front, or GUIDs. */
const MESSAGE = /^[A-Z][A-Z0-9_]{0,19}[/ ]\d{1,3}$/;

/**
 * Reads the answer to a change.
 * @throws AppError with `unsent` when SAP has surely not looked at it (logon page, refused token, firewall, 429);
 *   UPSTREAM_UNAVAILABLE and UPSTREAM_MALFORMED without it when nobody can tell; UPSTREAM_REJECTED when SAP refuses the
 *   request for a technical reason, e.g. an unknown entity (`upstreamCode`)
 */
export function readWritten(response: HttpResponse): Written {
  const { status } = response;
  const kind = kindOf(response);
  if (isTurnedAway(response)) throw notTaken('SAP does not keep the session');
  if (kind === 'firewall-page') throw notTaken('a firewall before SAP refuses the request');
  if (status >= 400) return { kind: 'refused', refusal: refusalOf(response, kind) };
  // Only SAP says 201 and 204; 200 may be any page of a proxy.
  if (status === 201 || status === 204 || (status === 200 && kind === 'json')) return { kind: 'taken' };
  throw malformed('$', 'is not JSON');
}

function refusalOf(response: HttpResponse, kind: AnswerKind): SapRefusal {
  const { status, body } = response;
  const error = readGatewayError(kind, body);
  // The list's last entry repeats the summary; the message that counts may stand anywhere before it.
  const isImplausible =
    error?.details.some(({ code, severity }) => code === PLAUSIBILITY_ERROR && severity === 'warning') ?? false;
  const code = codeOf(kind, body).upstreamCode ?? '';
  const isOutdated = status === 412;
  const isOfTheMatter = status !== 429 && status < 500 && MESSAGE.test(code);
  if (!isImplausible && !isOutdated && !isOfTheMatter) throw failureOf(response, kind);
  return { code, message: isOfTheMatter ? messageOf(error?.message ?? '') : null, isImplausible, isOutdated };
}

function failureOf(response: HttpResponse, kind: AnswerKind): AppError {
  const { status, body } = response;
  const code: ErrorCode = status === 429 || status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED';
  const details = { ...codeOf(kind, body), ...pauseOf(response), ...(status === 429 ? { unsent: true as const } : {}) };
  return new AppError(code, `SAP answered ${status}`, details);
}

function notTaken(reason: string): unknown {
  return asUnsent(new AppError('UPSTREAM_UNAVAILABLE', reason));
}

function messageOf(text: string): string | null {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain === '' ? null : plain.slice(0, LONGEST_MESSAGE);
}
