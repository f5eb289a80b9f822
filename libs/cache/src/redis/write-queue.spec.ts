import { describe, expect, it } from '@jest/globals';
import { WriteQueue, type Offer } from './write-queue.js';

const entry = (value: unknown): Offer['entry'] => ({ value, freshUntil: 1, staleUntil: 2 });

describe('values on their way to Redis', () => {
  it('are written after the call, the newest of a key only', async () => {
    const batches: (readonly Offer[])[] = [];
    const queue = new WriteQueue(async (batch) => void batches.push(batch));
    for (const value of ['old', 'new']) expect(queue.offer('a', entry(value), 100)).toBe(true);
    queue.offer('b', entry('other'), 100);
    expect(batches).toEqual([]);
    await queue.drain();
    expect(batches).toEqual([
      [
        { key: 'a', entry: entry('new'), bytes: 100 },
        { key: 'b', entry: entry('other'), bytes: 100 },
      ],
    ]);
  });

  it('go in batches, one after the other, and new ones join', async () => {
    const sizes: number[] = [];
    let under = 0;
    const queue = new WriteQueue(async (batch) => {
      expect((under += 1)).toBe(1);
      if (sizes.length === 0) queue.offer('late', entry(1), 100);
      sizes.push(batch.length);
      await Promise.resolve();
      under -= 1;
    });
    for (let index = 0; index < 40; index += 1) queue.offer(`small ${index}`, entry(1), 100);
    for (let index = 0; index < 3; index += 1) queue.offer(`large ${index}`, entry(1), 400_000);
    await queue.drain();
    expect(sizes).toEqual([32, 9, 1, 2]);
  });

  it('are left out where one is too large, or all are too many', async () => {
    const written: string[] = [];
    const queue = new WriteQueue(async (batch) => void written.push(...batch.map(({ key }) => key)));
    expect(queue.offer('huge', entry(1), 1_000_001)).toBe(false);
    const large = Array.from({ length: 20 }, (_, index) => queue.offer(`large ${index}`, entry(1), 1_000_000));
    expect(large.filter(Boolean)).toHaveLength(16);
    await queue.drain();
    const many = Array.from({ length: 1_100 }, (_, index) => queue.offer(String(index), entry(1), 1));
    expect(many.filter(Boolean)).toHaveLength(1_000);
    await queue.drain();
    expect(written).toHaveLength(1_016);
  });

  it('have room again for a key whose older value waits', () => {
    const queue = new WriteQueue(async () => undefined);
    for (let index = 0; index < 16; index += 1) queue.offer(String(index), entry(1), 1_000_000);
    expect([queue.offer('3', entry(2), 1_000_000), queue.offer('new', entry(2), 1)]).toEqual([true, false]);
  });
});
