import { describe, expect, it } from '@jest/globals';
import { readReceipt } from './read-receipt.js';

const FLATTENED = JSON.stringify({ payload: 'b', protected: 'a', signature: 'c' });

describe('the file of a receipt', () => {
  it.each([
    ['as mailed', ' a.b.c\n'],
    ['as text of signedJson', FLATTENED],
    ['as text of signedJson in quotes', JSON.stringify(FLATTENED)],
    ['as the receipt of an answer', JSON.stringify({ number: '1', signedJson: FLATTENED })],
  ])('is read %s', (_, text) => {
    expect(readReceipt(text)).toBe('a.b.c');
  });

  it.each(['{', '{}', '"{}"', '{"signedJson":7}', '{"payload":"b","protected":"a"}'])('is none: %s', (text) => {
    expect(() => readReceipt(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
