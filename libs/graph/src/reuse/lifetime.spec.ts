import { describe, expect, it } from '@jest/globals';
import { RequestScope } from '#lib/kernel';
import { customerPrincipal } from '#lib/testing';
import { reusableUntil } from './lifetime.js';

const scopeOf = (): RequestScope => new RequestScope(customerPrincipal('kim'), 'de', 0, new AbortController().signal);
const until = (begun: string, scope = scopeOf()): string | null => {
  const end = reusableUntil(scope, Date.parse(begun));
  return end === null ? null : new Date(end).toISOString();
};

describe('the life of an answer', () => {
  it.each([
    ['2026-11-22T17:00:00Z', '2026-11-22T23:00:00.000Z'],
    ['2026-11-22T23:00:00Z', '2026-11-23T23:00:00.000Z'],
    // The clocks change in the night before.
    ['2026-03-29T10:00:00Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-24T22:30:00Z', '2026-10-25T23:00:00.000Z'],
  ])('begun at %s ends at midnight in Berlin, since what is due or overdue changes then', (begun, end) => {
    expect(until(begun)).toBe(end);
  });

  it('does not begin when the request has changed who acts', () => {
    const scope = scopeOf();
    scope.become(customerPrincipal('kim'));
    expect(until('2026-11-22T17:00:00Z', scope)).toBeNull();
  });
});
