import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError, keyOfGlobalId, parseGlobalId, toGlobalId } from './index.js';

describe('global ids', () => {
  it('give back type and key', () => {
    const key = fc.stringMatching(/^[\x20-\x7e]{1,60}$/);
    fc.assert(
      fc.property(key, (text) => {
        expect(parseGlobalId(toGlobalId('Contract', text))).toEqual({ type: 'Contract', key: text });
      }),
    );
  });

  it('are refused when they are not ours, without saying why', () => {
    for (const id of ['', 'nonsense', '!!', 'A'.repeat(500), toGlobalId('Lease', '1')]) {
      expect(() => keyOfGlobalId(id, 'Contract')).toThrow(new AppError('NOT_FOUND', 'not an id of Contract'));
    }
  });

  it('survive any text a client may send', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseGlobalId(text)));
  });
});
