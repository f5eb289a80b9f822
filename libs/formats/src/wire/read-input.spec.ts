import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { readInput } from './read-input.js';

describe('what a client sent', () => {
  it('is read strictly', () => {
    expect(readInput({ name: 'Kim', more: 1 }, (wire) => wire.text('name'))).toBe('Kim');
  });

  it.each([
    [null, ''],
    [[], ''],
    [{}, 'name'],
    [{ name: 7 }, 'name'],
    [JSON.parse('{"__proto__":{"name":"x"}}'), 'name'],
  ])('is refused as invalid input where it is wrong: %j', (input, path) => {
    expect(() => readInput(input, (wire) => wire.text('name'))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('leaves other failures as they are', () => {
    const failure = new AppError('INTERNAL', 'x');
    expect(() =>
      readInput({}, () => {
        throw failure;
      }),
    ).toThrow(failure);
  });
});
