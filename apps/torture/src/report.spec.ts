import { describe, expect, it } from '@jest/globals';
import { compare } from './compare/compare.js';
import { isGood, linesOf, type Report } from './report.js';

const DONE = {
  wish: { key: 'k', kind: 'pools.top-up-card', effects: ['e'] },
  processes: ['p'],
  state: 'DONE',
} as const;

const report = (wishes: Partial<Report> = {}): Report => ({
  seed: 7,
  households: 1,
  submitted: 1,
  comparison: compare([DONE], new Map([['e', 1]])),
  takeovers: [],
  kills: 2,
  diedAt: ['intended'],
  zombies: 0,
  databaseStops: 1,
  faults: 3,
  foreignBookings: 4,
  seconds: 2,
  missed: [],
  complaints: [],
  logs: null,
  ...wishes,
});

describe('the report of a torture', () => {
  it('is good when nothing was violated and everything was tried', () => {
    expect(isGood(report())).toBe(true);
    expect(isGood(report({ comparison: compare([DONE], new Map([['e', 2]])) }))).toBe(false);
    expect(isGood(report({ missed: ['die leased:1'] }))).toBe(false);
  });

  it('counts and names violations', () => {
    const text = linesOf(report({ comparison: compare([DONE], new Map([['e', 2]])) })).join('\n');
    expect(text).toContain('verloren 0, doppelt 1, andere Verstöße 0\n  doubled: pools.top-up-card k');
    expect(linesOf(report()).join('\n')).toContain('verloren 0, doppelt 0, andere Verstöße 0\nÜbernahmen: keine');
  });

  it('gives takeovers without those over a stop of the database, and the rate', () => {
    const takeovers = [
      { processId: 'a', milliseconds: 3_000, overOutage: false },
      { processId: 'b', milliseconds: 5_001, overOutage: false },
      { processId: 'c', milliseconds: 9_000, overOutage: true },
    ];
    const text = linesOf(report({ takeovers, submitted: 500, seconds: 100 })).join('\n');
    expect(text).toContain(
      'Übernahmen: 2, längstens 5001 ms, im Mittel 3000 ms, 1 nach mehr als 5000 ms; dazu 1 über einen Stillstand der Datenbank hinweg',
    );
    expect(text).toContain('500 Aufträge in 100.0 s: 5.0 je Sekunde');
  });

  it('has a table whose lines are equally long, with a sum', () => {
    const lines = linesOf(report());
    const table = lines.slice(0, lines.indexOf(''));
    expect(new Set(table.map(({ length }) => length)).size).toBe(1);
    expect(table.at(-1)).toMatch(/^zusammen +1 +1 +0 +0 +0 +0$/);
  });
});
