import { describe, expect, it } from '@jest/globals';
import { judge, type Sample } from './verdict.js';

const sample = (minutes: number, heapMb: number, max = 5): Sample => ({
  minutes,
  heapUsed: heapMb * 1e6,
  rss: 2 * heapMb * 1e6,
  external: 0,
  delay: { p50: 0.1, p99: max / 2, max },
});
const run = (heapAt: (minutes: number) => number): Sample[] =>
  Array.from({ length: 19 }, (_, index) => sample(index / 6, heapAt(index / 6)));

describe('the verdict on a gateway', () => {
  it('is flat when the heap only grows in the first third', () => {
    expect(judge(run((minutes) => 60 + 20 * Math.min(minutes, 1)))).toMatchObject({ slope: 0, flat: true, heapMb: 80 });
  });

  it('is not flat when it grows by two megabytes a minute', () => {
    const { slope, flat } = judge(run((minutes) => 60 + 2 * minutes));
    expect([slope.toFixed(6), flat]).toEqual(['2.000000', false]);
  });

  it('is flat when it goes up and down', () => {
    expect(judge(run((minutes) => 60 + (Math.round(minutes * 6) % 2))).flat).toBe(true);
  });

  it('names the longest delays of the whole run', () => {
    expect(judge([sample(0, 1, 80), sample(1, 1), sample(2, 1), sample(3, 1)])).toMatchObject({
      longestDelay: 80,
      worstP99: 40,
    });
  });

  it('is none after a run that was too short', () => {
    expect(() => judge([sample(0, 1), sample(0.1, 1)])).toThrow(RangeError);
  });
});
