import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options.js';

describe('the options of the soak', () => {
  it('have defaults for all but the seed', () => {
    const { seed, ...others } = parseOptions([]);
    expect(others).toEqual({ help: false, minutes: 10, rate: 20, instances: 2, json: null });
    expect(Number.isInteger(seed)).toBe(true);
  });

  it('are read', () => {
    expect(parseOptions(['--minutes', '3', '--rate', '50', '--instances', '1', '--seed', '7'])).toMatchObject({
      minutes: 3,
      rate: 50,
      instances: 1,
      seed: 7,
    });
  });

  it.each([['--minutes', '0'], ['--rate', '1001'], ['--instances', '0'], ['--seed', '-1'], ['--fast']])(
    'are refused: %s %s',
    (...args) => {
      expect(() => parseOptions(args)).toThrow(new RegExp(args[0]!));
    },
  );
});
