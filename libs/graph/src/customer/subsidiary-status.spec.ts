import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Loaded, type Reading, type ReadUse } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import { accessMessage } from './access-messages.js';
import { accessOf } from './access-of.js';
import { settledUses } from './settled-uses.js';
import { Access } from './subsidiary-status.type.js';

const use = (change: Partial<ReadUse>): ReadUse => ({
  operation: 'pond.fish',
  subsidiary: 'POND',
  system: 'ledger',
  personal: true,
  state: 'LIVE',
  asOf: null,
  milliseconds: 1,
  omissions: [],
  failure: null,
  ...change,
});
const failed = (code: NonNullable<ReadUse['failure']>['code'], retryAfterSeconds?: number): ReadUse =>
  use({ state: null, failure: { code, retryAfterSeconds } });

const reading = (value: string): Reading<Loaded<string>> => ({ value }) as Partial<Reading<string>> as never;

describe('the access state of a subsidiary', () => {
  it('is AVAILABLE when nothing was read or all reads went well, from the cache too', () => {
    expect(accessOf([])).toEqual({ access: Access.AVAILABLE, retryAfterSeconds: null });
    expect(accessOf([use({}), use({ state: 'STALE' })]).access).toBe(Access.AVAILABLE);
  });

  it.each([
    ['UPSTREAM_TIMEOUT', Access.TIMED_OUT],
    ['UPSTREAM_UNAVAILABLE', Access.UNAVAILABLE],
    ['UPSTREAM_REJECTED', Access.UNAVAILABLE],
    ['UPSTREAM_MALFORMED', Access.MALFORMED],
    ['INTERNAL', Access.UNAVAILABLE],
  ] as const)('after %s is %s', (code, access) => {
    expect(accessOf([use({}), failed(code)]).access).toBe(access);
  });

  it('is MALFORMED when a row had to be left out', () => {
    expect(accessOf([use({ omissions: [{ path: 'd.results[0]', reason: 'is not an object' }] })]).access).toBe(
      Access.MALFORMED,
    );
  });

  it('names the worst of several failures and the longest wait', () => {
    const uses = [failed('UPSTREAM_TIMEOUT', 2), failed('UPSTREAM_UNAVAILABLE', 10), failed('UPSTREAM_MALFORMED')];
    expect(accessOf(uses)).toEqual({ access: Access.UNAVAILABLE, retryAfterSeconds: 10 });
  });

  it('has a sentence in every language, except when all is there', () => {
    for (const access of Object.values(Access)) {
      const sentences = LANGUAGES.map((language) => accessMessage(access, language));
      expect(sentences.every((sentence) => (sentence === null) === (access === Access.AVAILABLE))).toBe(true);
    }
  });
});

describe('waiting for the reads of a request', () => {
  it('covers reads that start after others have ended', async () => {
    const scope = openScope(new TestClock());
    const second = (async () => {
      await settle();
      await settle();
      scope.uses.push(use({ operation: 'second' }));
      return reading('b');
    })();
    const first = (async () => {
      await settle();
      scope.uses.push(use({ operation: 'first' }));
      return reading('a');
    })();
    scope.reads.set('first', first);
    void first.then(() => scope.reads.set('second', second));
    expect((await settledUses(scope)).map(({ operation }) => operation)).toEqual(['first', 'second']);
  });

  it('ends when there is nothing to wait for', async () => {
    expect(await settledUses(openScope(new TestClock()))).toEqual([]);
  });
});
