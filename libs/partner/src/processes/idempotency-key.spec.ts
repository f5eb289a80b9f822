import { describe, expect, it } from '@jest/globals';
import { readKey } from './idempotency-key.decorator.js';

describe('an idempotency key', () => {
  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e"', '8e03978e'],
    ['  "a b" ', 'a b'],
    ['"say \\"so\\" \\\\"', 'say "so" \\'],
    ['"', '"'],
    ['"a"b"', '"a"b"'],
  ])('%s is read as %s', (header, key) => {
    expect(readKey([header])).toBe(key);
  });

  it.each([[[undefined]], [[' ']], [['a', 'b']], [[]]])('is missing in %j', (values) => {
    expect(() => readKey(values as string[])).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path: 'Idempotency-Key' }) }),
    );
  });
});
