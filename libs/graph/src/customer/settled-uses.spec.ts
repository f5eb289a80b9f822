import { describe, expect, it } from '@jest/globals';
import { openScope, TestClock } from '#lib/testing';
import { settledUses } from './settled-uses.js';

const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what became of the reads of a request', () => {
  it('is told only when those have ended, too, that must wait for something else before they begin', async () => {
    const scope = openScope(new TestClock());
    const told: string[] = [];
    const read = async (): Promise<never> => {
      await later();
      told.push('read');
      return undefined as never;
    };
    const step = later()
      .then(later)
      .then(() => void scope.reads.set('a read', read()));
    scope.steps.set('an epoch', step);
    await settledUses(scope).then(() => told.push('told'));
    expect(told).toEqual(['read', 'told']);
  });
});
