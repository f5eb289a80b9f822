import { describe, expect, it } from '@jest/globals';
import { ValueCache } from './value-cache.js';

const entry = (value: unknown): { value: unknown; freshUntil: number; staleUntil: number } => ({
  value,
  freshUntil: 1,
  staleUntil: 2,
});

describe('the value cache', () => {
  it('gives back what it was given, with its times', () => {
    const cache = new ValueCache(10_000);
    cache.set('a', entry({ fish: 1 }));
    expect(cache.find('a')).toEqual({ value: { fish: 1 }, freshUntil: 1, staleUntil: 2 });
    expect(cache.find('b')).toBeUndefined();
  });

  it('stays within its bytes and forgets the least recently used first', () => {
    const cache = new ValueCache(3_000);
    for (const key of ['a', 'b', 'c', 'd']) {
      cache.set(key, entry('x'.repeat(300)));
      cache.find('a');
    }
    expect(cache.bytes).toBeLessThanOrEqual(3_000);
    expect(cache.find('a')).toBeDefined();
    expect(cache.find('b')).toBeUndefined();
  });

  it('does not keep what is larger than itself', () => {
    const cache = new ValueCache(1_000);
    cache.set('a', entry('x'.repeat(10_000)));
    expect(cache.find('a')).toBeUndefined();
  });
});
