import { describe, expect, it } from '@jest/globals';
import { backoff } from './backoff.js';

describe('the pause before the next try', () => {
  it('is random below a bound that doubles up to five minutes', () => {
    const longest = [1, 2, 3, 9, 10, 1_000].map((failures) => backoff(failures, 0, () => 1));
    expect(longest).toEqual([1_000, 2_000, 4_000, 256_000, 300_000, 300_000]);
    expect(backoff(5, 0, () => 0.5)).toBe(8_000);
  });

  it('is never nothing, and never shorter than what the system asks for', () => {
    expect([backoff(1, 0, () => 0), backoff(1, 10, () => 0)]).toEqual([50, 10_050]);
  });
});
