import { describe, expect, it } from '@jest/globals';
import { percentile, tableOf } from './figures.js';
import { parseOptions } from './options.js';
import { progressLine } from './progress-line.js';
import { Stopwatch } from './stopwatch.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a stopwatch', () => {
  it('measures each input once, after a warm-up that does not count', async () => {
    const stopwatch = new Stopwatch('sums', () => undefined);
    let calls = 0;
    await stopwatch.each(
      'Summe',
      numbers(50),
      (input) => {
        calls += 1;
        return input + 1;
      },
      (input, answer) => answer === input + 1,
    );
    expect(calls).toBe(55);
    expect(stopwatch.figures).toEqual([expect.objectContaining({ bench: 'sums', label: 'Summe', runs: 50 })]);
    const [{ p50Ms, p99Ms, longestMs, rssBeforeMb, rssPeakMb }] = stopwatch.figures as [
      (typeof stopwatch.figures)[number],
    ];
    expect(p50Ms <= p99Ms && p99Ms <= longestMs && 0 < rssBeforeMb && rssBeforeMb <= rssPeakMb).toBe(true);
  });

  it('keeps no figures of wrong answers', async () => {
    const stopwatch = new Stopwatch('sums', () => undefined);
    const run = stopwatch.each(
      'Summe',
      numbers(3),
      (input) => input,
      (input) => input < 2,
    );
    await expect(run).rejects.toThrow('Summe: the answer to input 2 is wrong');
    expect(stopwatch.figures).toEqual([]);
  });

  it('shows how far it is, also within a long task', async () => {
    const shown: number[] = [];
    const stopwatch = new Stopwatch('sums', (_, part) => shown.push(part));
    await stopwatch.each(
      'Summe',
      [1, 2],
      () => stopwatch.progress(0.5),
      () => true,
    );
    expect(shown).toEqual([0.25, 0.5, 0.75, 1]);
  });
});

describe('figures', () => {
  it.each([
    [[1], 0.99, 1],
    [[1, 2, 3, 4], 0.5, 2],
    [numbers(200), 0.99, 197],
    [numbers(200), 1, 199],
  ])('take the nearest rank of %j', (sorted, part, expected) => {
    expect(percentile(sorted, part)).toBe(expected);
  });

  it('stand below each other in a table', () => {
    const figures = { bench: 'b', runs: 3, p50Ms: 1, p99Ms: 2, longestMs: 1234.5, rssBeforeMb: 99.6, rssPeakMb: 120 };
    const lines = tableOf([
      { ...figures, label: 'Kurz' },
      { ...figures, label: 'Ein langer Name' },
    ]).split('\n');
    expect(lines).toHaveLength(3);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines[1]).toMatch(/^Kurz +3 {2}.*1234\.500 {2}100 → 120$/);
  });
});

describe('the progress of a measurement', () => {
  it('is a line for each tenth where nobody watches', () => {
    const lines: string[] = [];
    const out = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
    const show = progressLine(out);
    for (let part = 0; part <= 100; part += 1) show('Import', part / 100);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('Import: 100 %\n');
  });
});

describe('the options', () => {
  it('are a file, names and help', () => {
    expect(parseOptions(['--json', 'a.json', 'departures'])).toEqual({
      help: false,
      json: 'a.json',
      names: ['departures'],
    });
    expect(parseOptions(['-h']).help).toBe(true);
  });

  it('are refused when they do not exist', () => {
    expect(() => parseOptions(['--fast'])).toThrow(/--fast/);
  });
});
