import { AppError } from '#lib/kernel';

/**
 * Who has to act: the caller chose something impossible, this gateway is set up or asks wrongly, the timetable system
 * has trouble, or nobody, because there is just nothing to find.
 */
type HafasBlame = 'CALLER' | 'GATEWAY' | 'SYSTEM' | 'NOBODY';

export interface HafasErrorFacts {
  readonly blame: HafasBlame;
  /** Whether the same request may succeed a moment later. */
  readonly retry: boolean;
  /** One English sentence for developers. */
  readonly meaning: string;
}

const facts = (blame: HafasBlame, retry: boolean, meaning: string): HafasErrorFacts => ({ blame, retry, meaning });

/** Codes of HAFAS mgate, at the top of an answer and per service; the only place that knows what they mean. */
const HAFAS_ERRORS: ReadonlyMap<string, HafasErrorFacts> = new Map([
  ['AUTH', facts('GATEWAY', false, 'access id or checksum was not accepted')],
  ['R5000', facts('GATEWAY', false, 'access was denied')],
  ['PARSE', facts('GATEWAY', false, 'the request could not be parsed')],
  ['PARAMETER', facts('GATEWAY', false, 'a parameter is invalid')],
  ['METHOD_NA', facts('GATEWAY', false, 'the method is not offered')],
  ['R0001', facts('GATEWAY', false, 'the method is unknown')],
  ['R0002', facts('GATEWAY', false, 'a parameter is missing or invalid')],
  ['H9320', facts('GATEWAY', false, 'the input is incomplete')],
  ['LOCATION', facts('CALLER', false, 'the stop or place is unknown')],
  ['H9260', facts('CALLER', false, 'the stop of departure is unknown')],
  ['H9280', facts('CALLER', false, 'a stop on the way is unknown')],
  ['H9300', facts('CALLER', false, 'the stop of arrival is unknown')],
  ['H9360', facts('CALLER', false, 'the date is outside the timetable period')],
  ['H9380', facts('CALLER', false, 'a stop is named more than once')],
  ['H892', facts('CALLER', false, 'too many stops on the way')],
  ['H895', facts('CALLER', false, 'departure and arrival are too close')],
  ['NO_MATCH', facts('NOBODY', false, 'nothing matches')],
  ['H890', facts('NOBODY', false, 'there is no connection')],
  ['H891', facts('NOBODY', false, 'there is no route')],
  ['H900', facts('NOBODY', false, 'no connection, possibly outside the timetable period')],
  ['H9220', facts('NOBODY', false, 'no stop lies near the address')],
  ['H9240', facts('NOBODY', false, 'the search found nothing')],
  ['SQ005', facts('NOBODY', false, 'no trips at that time')],
  ['H390', facts('SYSTEM', false, 'the answer is for a neighbouring stop')],
  ['H410', facts('SYSTEM', false, 'the answer is incomplete because the timetable changes')],
  ['H899', facts('SYSTEM', false, 'the search is incomplete because the timetable changes')],
  ['FAIL', facts('SYSTEM', true, 'the request failed inside the system')],
  ['CGI_READ_FAILED', facts('SYSTEM', true, 'the front end lost its server')],
  ['H_UNKNOWN', facts('SYSTEM', true, 'internal error')],
  ['R0007', facts('SYSTEM', true, 'internal communication failed')],
  ['S1', facts('SYSTEM', true, 'the timetable server cannot be reached')],
  ['H9230', facts('SYSTEM', true, 'internal error of the search')],
  ['H9250', facts('SYSTEM', true, 'the search was interrupted')],
  ['SQ001', facts('SYSTEM', true, 'no departure data at the moment')],
  ['TI001', facts('SYSTEM', true, 'no trip information at the moment')],
]);

/** A code that is not in the table counts as trouble of the system that may pass. */
const UNKNOWN = facts('SYSTEM', true, 'unknown code');

export function hafasErrorFacts(code: string): HafasErrorFacts {
  return HAFAS_ERRORS.get(code) ?? UNKNOWN;
}

/**
 * UPSTREAM_UNAVAILABLE where another try may help, UPSTREAM_REJECTED otherwise; always with the system's own code.
 * The system's texts are left out: they quote what was asked.
 */
export function hafasError(code: string, path: string): AppError {
  const { retry, meaning } = hafasErrorFacts(code);
  return new AppError(retry ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED', `HAFAS ${code}: ${meaning}`, {
    path,
    reason: meaning,
    upstreamCode: code,
  });
}
