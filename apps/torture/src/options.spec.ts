import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.js';

describe('the options of the torture', () => {
  it('have defaults for all but the seed', () => {
    const { seed, ...others } = parseOptions([]);
    expect(others).toEqual({
      help: false,
      commands: 500,
      minutes: 15,
      workers: 3,
      short: false,
      json: null,
      keep: false,
    });
    expect(Number.isInteger(seed)).toBe(true);
  });

  it('are read', () => {
    expect(
      parseOptions(['--commands', '40', '--seed', '7', '--workers', '2', '--short', '--json', 'a.json']),
    ).toMatchObject({
      commands: 40,
      seed: 7,
      workers: 2,
      short: true,
      json: 'a.json',
    });
  });

  it.each([['--commands', '4'], ['--workers', '1'], ['--minutes', '1.5'], ['--seed', '-1'], ['--fast']])(
    'are refused: %s %s',
    (...args) => {
      expect(() => parseOptions(args)).toThrow(new RegExp(args[0]!));
    },
  );
});
