import { describe, expect, it } from '@jest/globals';
import { addDays, berlinDate, dayOfMonth } from './dates.js';
import { SandboxClock } from './sandbox-clock.js';

describe('SandboxClock', () => {
  it('gives the date in Berlin, also right after it was moved past midnight', () => {
    const clock = new SandboxClock();
    const moveTo = (instant: string) => clock.shift(Date.parse(instant) - Date.now());
    moveTo('2026-07-01T21:58:00Z');
    expect(clock.today()).toBe('2026-07-01');
    moveTo('2026-07-01T22:01:00Z');
    expect(clock.today()).toBe('2026-07-02');
  });
});

describe('dates', () => {
  it('follow both of the clock changes', () => {
    expect(berlinDate(Date.parse('2026-03-28T22:59:59Z'))).toBe('2026-03-28');
    expect(berlinDate(Date.parse('2026-03-29T21:59:59Z'))).toBe('2026-03-29');
    expect(berlinDate(Date.parse('2026-10-25T22:59:59Z'))).toBe('2026-10-25');
    expect(berlinDate(Date.parse('2026-10-25T23:00:00Z'))).toBe('2026-10-26');
  });

  it('count over the ends of months and years', () => {
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(dayOfMonth('2026-01-31', -1, 20)).toBe('2025-12-20');
    expect(dayOfMonth('2026-10-31', 4, 1)).toBe('2027-02-01');
  });
});
