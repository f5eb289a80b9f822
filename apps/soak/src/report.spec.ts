import { describe, expect, it } from '@jest/globals';
import { Tally } from './load/tally.js';
import { isGood, linesOf, progressOf, type Report } from './report.js';

const GATEWAY = { slope: 0.2, flat: true, heapMb: 80, rssMb: 200, longestDelay: 40, worstP99: 9 };
const GOOD: Report = {
  seed: 7,
  minutes: 3,
  requests: { dashboard: 900, command: 80 },
  codes: { UPSTREAM_TIMEOUT: 4 },
  unexpected: {},
  left: 0,
  disturbances: { 'till: hang': 2 },
  redis: true,
  gateways: [GATEWAY],
};

describe('the report of a soak', () => {
  it('is good when nothing was unexpected, nothing left out, and memory is flat', () => {
    expect([isGood(GOOD), linesOf(GOOD).at(-1)]).toEqual([true, 'Bestanden.']);
  });

  it.each([
    ['an unexpected error', { unexpected: { 'dashboard: INTERNAL': 1 } }],
    ['requests that were not begun', { left: 1 }],
    ['growing memory', { gateways: [{ ...GATEWAY, slope: 3, flat: false }] }],
  ])('is not good after %s', (_, wrong) => {
    const report = { ...GOOD, ...wrong };
    expect([isGood(report), linesOf(report).at(-1)]).toEqual([false, 'NICHT bestanden.']);
  });

  it('says what was not run', () => {
    expect(linesOf({ ...GOOD, redis: false }).join('\n')).toContain('nicht gelaufen: Redis');
  });

  it('says in one line how it goes', () => {
    const tally = new Tally();
    tally.add('name', ['UPSTREAM_TIMEOUT'], 12, true);
    const delay = { p50: 0.1, p99: 4, max: 20 };
    const line = progressOf([{ minutes: 0.5, heapUsed: 8e7, rss: 2e8, external: 0, delay }], tally, 'till: hang');
    expect(line).toBe(
      '   30 s  1 Anfragen  p99 12 ms  Fehler 1 UPSTREAM_TIMEOUT  ' +
        'G1 Heap 80.0 MB RSS 200.0 MB Schleife 0.1/4.0/20.0 ms  [till: hang]',
    );
  });
});
