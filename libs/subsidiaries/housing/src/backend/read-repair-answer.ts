import { malformed, WireObject } from '#lib/formats';
import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';
import { failedResponse } from './failed-response.js';

/** A report that is in the ERP. */
export interface BookedReport {
  readonly kind: 'booked';
  /** The UUID it was sent under. */
  readonly id: string;
  /** The ERP's own number for people (MeldungNr); null when it names none. */
  readonly number: string | null;
}

export type ReportOutcome = BookedReport | { readonly kind: 'refused'; readonly reason: 'TOO_LARGE' | 'OTHER' };

/** The ERP's word for a report whose id it has already; the first one stands. */
const KNOWN = 'BEKANNT';
const NOT_FOUND = 'Meldung nicht gefunden';
const TOO_LARGE = 413;
/** Turned away before the report was looked at: wrong password, no right, no such address, too many at once. */
const NOT_LOOKED_AT = new Set([401, 403, 404, 405, 429]);

/**
 * Reads the answer to a report sent under `id`. One that the ERP knows already is booked like a new one. Sentences of the
 * ERP may name people and go nowhere.
 * @throws AppError UPSTREAM_MALFORMED for success without our id, which leaves open whether it is booked;
 *   UPSTREAM_UNAVAILABLE, with `unsent` where it surely is not; UPSTREAM_REJECTED for a request that is wrong by itself
 */
export function readReportAnswer(response: HttpResponse, id: string): ReportOutcome {
  const { status } = response;
  if (status === TOO_LARGE) return { kind: 'refused', reason: 'TOO_LARGE' };
  if (NOT_LOOKED_AT.has(status)) {
    const { message, details } = failedResponse(response);
    throw new AppError('UPSTREAM_UNAVAILABLE', message, { ...details, unsent: true });
  }
  const answer = readAnswer(response);
  const isBooked = answer.boolean('Success') || answer.value('Status') === KNOWN;
  return isBooked ? readBooked(answer, id) : { kind: 'refused', reason: 'OTHER' };
}

/**
 * Reads the status of the report `id`.
 * @returns null when the ERP says that it has none
 * @throws AppError UPSTREAM_* when that is not certain; a 404 is a wrong address, since the ERP itself always says 200
 */
export function readReportStatus(response: HttpResponse, id: string): BookedReport | null {
  const answer = readAnswer(response);
  if (answer.boolean('Success')) return readBooked(answer, id);
  if (answer.optionalText('Message')?.trim() === NOT_FOUND) return null;
  throw new AppError('UPSTREAM_REJECTED', 'the ERP does not tell the status of a report', {
    upstreamCode: 'Success=false',
  });
}

function readAnswer(response: HttpResponse): WireObject {
  if (response.status !== 200) throw failedResponse(response);
  try {
    return new WireObject(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body)), '');
  } catch (error) {
    throw error instanceof AppError ? error : malformed('$', 'is not JSON in UTF-8');
  }
}

function readBooked(answer: WireObject, id: string): BookedReport {
  if (answer.text('Id', 50).toLowerCase() !== id) throw malformed(answer.at('Id'), 'is not the id of the report');
  const number = answer.value('MeldungNr');
  const isNumber = typeof number === 'string' && /^[\x21-\x7e]{1,40}$/.test(number);
  return { kind: 'booked', id, number: isNumber ? number : null };
}
