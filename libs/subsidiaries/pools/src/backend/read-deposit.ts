import { malformed, readTillAnswer, readTillBalances, tillReturnCode, type TillBalances } from '#lib/formats';
import { AppError } from '#lib/kernel';
import type { HttpResponse } from '#lib/upstream';

/** What the till surely did with a deposit. Whatever leaves that open is an error instead. */
export type DepositOutcome =
  { readonly kind: 'booked'; readonly balances: TillBalances } | { readonly kind: 'refused'; readonly reason: string };

const OPERATION = 'ClientDeposit';
/** Said before a deposit is looked at: wrong credentials, interface disabled or not licensed. An operator can help. */
const NOT_LET_IN = new Set([2, 5, 6]);
/** The deposit was looked at and is not possible. */
const REFUSED = new Set([3, 7]);
/** The till's program answers 200 whatever happens: these come from the server in front of it, before it was reached. */
const NOT_REACHED = new Set([401, 404, 405, 415, 429]);

/**
 * Reads the answer to `ClientDeposit`. Money has moved with code 0, whatever else the answer lacks, and surely has not
 * with 2, 3, 5, 6 and 7. The other codes (1 internal error, 4 database) come from a till that may have been at it
 * already, as do faults: nobody can tell. Messages of the till go nowhere, since they may hold traces.
 * @throws AppError UPSTREAM_UNAVAILABLE, with `unsent` where the till surely did nothing; else it is in doubt, as it is
 *   with UPSTREAM_MALFORMED for what is no answer to a deposit
 */
export function readDeposit({ status, body }: HttpResponse): DepositOutcome {
  if (status !== 200) throw failed(`HTTP ${status}`, `answered with HTTP ${status}`, NOT_REACHED.has(status));
  const answer = readTillAnswer(body);
  if (answer.kind === 'fault') throw failed(answer.code, 'the till answered with a fault', false);
  const { operation, returnCode, result } = answer;
  if (operation !== OPERATION) throw malformed(operation, `is not the answer of ${OPERATION}`);
  if (returnCode === 0) return { kind: 'booked', balances: readTillBalances(result) };
  const { meaning } = tillReturnCode(returnCode);
  if (REFUSED.has(returnCode)) return { kind: 'refused', reason: meaning };
  throw failed(String(returnCode), `till: ${meaning}`, NOT_LET_IN.has(returnCode));
}

function failed(upstreamCode: string, message: string, isUnsent: boolean): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', message, { upstreamCode, ...(isUnsent && { unsent: true }) });
}
