import { describe, expect, it } from '@jest/globals';
import { AppError, ERROR_CODES, type ErrorCode } from '#lib/kernel';
import type { Dedupe } from '#lib/subsidiary-kit';
import { decideRetry } from './retry-decision.js';

const readBack = (): Promise<null> => Promise.resolve(null);

function decide(code: ErrorCode, intended: boolean, dedupe: Dedupe = 'naturalKey', unsent?: true): string {
  const error = new AppError(code, 'failed', unsent && { unsent });
  const decision = decideRetry(error, intended, dedupe === 'none' ? { dedupe } : { dedupe, readBack });
  if (decision.kind !== 'retry') return decision.kind;
  return [decision.inDoubt ? 'read back' : 'again', decision.counted ? 'counted' : 'free'].join(', ');
}

/** Before the intent or unsent; after it with a natural key; after it with nothing to tell by. */
const DECISIONS: Record<ErrorCode, readonly [string, string, string]> = {
  UPSTREAM_TIMEOUT: ['again, free', 'read back, free', 'uncertain'],
  UPSTREAM_UNAVAILABLE: ['again, free', 'read back, free', 'uncertain'],
  RATE_LIMITED: ['again, free', 'again, free', 'again, free'],
  UPSTREAM_MALFORMED: ['again, counted', 'read back, counted', 'uncertain'],
  INTERNAL: ['again, counted', 'read back, counted', 'uncertain'],
  CONFLICT: ['again, counted', 'read back, counted', 'uncertain'],
  UPSTREAM_REJECTED: ['with-agent', 'with-agent', 'with-agent'],
  INVALID_INPUT: ['with-agent', 'read back, counted', 'uncertain'],
  UNAUTHENTICATED: ['with-agent', 'read back, counted', 'uncertain'],
  FORBIDDEN: ['with-agent', 'read back, counted', 'uncertain'],
  NOT_FOUND: ['with-agent', 'read back, counted', 'uncertain'],
  STEP_UP_REQUIRED: ['with-agent', 'read back, counted', 'uncertain'],
  CONSENT_REQUIRED: ['with-agent', 'read back, counted', 'uncertain'],
};

describe('the decision about a failed attempt', () => {
  it.each(ERROR_CODES)('is made for %s, by whether anything was sent and can be found again', (code) => {
    const [unsent, natural, none] = DECISIONS[code];
    expect([decide(code, false), decide(code, false, 'none')]).toEqual([unsent, unsent]);
    expect([decide(code, true, 'naturalKey', true), decide(code, true, 'none', true)]).toEqual([unsent, unsent]);
    expect([decide(code, true), decide(code, true, 'key'), decide(code, true, 'none')]).toEqual([
      natural,
      natural,
      none,
    ]);
  });

  it('takes what is no error of the house for a bug of ours', () => {
    expect(decideRetry(new TypeError('x'), true, { dedupe: 'none' })).toEqual({ kind: 'uncertain' });
    expect(decideRetry(new TypeError('x'), false, { dedupe: 'none' })).toMatchObject({ kind: 'retry', counted: true });
  });

  it('is uncertain for a natural key that nobody can look up, not for a key', () => {
    const error = new AppError('UPSTREAM_TIMEOUT', 'no answer');
    expect(decideRetry(error, true, { dedupe: 'naturalKey' })).toEqual({ kind: 'uncertain' });
    expect(decideRetry(error, true, { dedupe: 'key' })).toMatchObject({ kind: 'retry', inDoubt: true });
  });
});
