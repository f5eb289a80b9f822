import { describe, expect, it } from '@jest/globals';
import { subsidiaries } from '#subsidiaries';
import { readArguments, UsageError } from './read-arguments.js';

describe('the command line of a subgraph', () => {
  it('names one subsidiary, to serve it or to print its schema', () => {
    expect(readArguments(['pools'], subsidiaries)).toMatchObject({ sdl: false, only: { key: 'POOLS' } });
    expect(readArguments(['energy', '--sdl'], subsidiaries)).toMatchObject({ sdl: true, only: { key: 'ENERGY' } });
    expect(readArguments(['--help'], subsidiaries)).toMatchObject({ help: true });
  });

  it.each([[[]], [['POOLS']], [['pools', 'energy']], [['harbour']], [['pools', '--port=1']]])(
    'refuses %j with a sentence',
    (args) => {
      expect(() => readArguments(args, subsidiaries)).toThrow(UsageError);
    },
  );
});
