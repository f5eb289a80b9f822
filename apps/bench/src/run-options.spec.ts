import { describe, expect, it } from '@jest/globals';
import { parseRunOptions } from './run-options.js';
import { SCENARIOS } from './scenarios/all-scenarios.js';
import { interleave } from './scenarios/sample.js';

const names = SCENARIOS.map(({ name }) => name);

describe('the options of a run', () => {
  it('choose scenarios, rounds and where results go', () => {
    const options = parseRunOptions(['--only', 'cold,warm', '--rounds', '3', '--out', 'results'], names);
    expect(options).toMatchObject({ only: ['cold', 'warm'], rounds: 3, out: 'results', help: false });
    expect(parseRunOptions([], names)).toMatchObject({ only: [], rounds: 5, seconds: 2, out: null });
  });

  it.each([
    [['--only', 'cold,harbour'], /--only knows start, calls/],
    [['--rounds', '0'], /--rounds must be/],
    [['--rounds', '2.5'], /--rounds must be a whole/],
    [['--seconds', 'x'], /--seconds must be/],
    [['--fast'], /--fast/],
  ])('are refused: %j', (args, message) => {
    expect(() => parseRunOptions(args, names)).toThrow(message);
  });
});

describe('the scenarios', () => {
  it('have names that tell them apart, and a sentence each', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(SCENARIOS.every(({ describe: sentence }) => sentence.length > 10)).toBe(true);
  });
});

describe('interleaved rounds', () => {
  it('give everyone a turn in every round, each time in another order', async () => {
    const order: string[] = [];
    const taken = await interleave(3, ['a', 'b', 'c'], (contender, round) => {
      order.push(contender);
      return Promise.resolve(`${contender}${round}`);
    });
    expect(order.join('')).toBe('abcbcacab');
    expect([...taken.values()]).toEqual([
      ['a0', 'a1', 'a2'],
      ['b0', 'b1', 'b2'],
      ['c0', 'c1', 'c2'],
    ]);
  });
});
