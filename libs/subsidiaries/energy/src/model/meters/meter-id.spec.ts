import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toGlobalId } from '#lib/kernel';
import { meterId, parseMeterId, parseRegisterId, registerId } from './meter-id.js';

/** What SAP's numbers may hold: printable ASCII without blanks. */
const number = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength })
    .map((codes) => String.fromCharCode(...codes));

const keys = fc.record({ account: number(10), contract: number(10), device: number(18), register: number(3) });

describe('ids of meters and registers', () => {
  it('give back the numbers they were made of, whatever characters those hold', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const { account, contract, device } = key;
        expect(parseRegisterId(registerId(key))).toEqual(key);
        expect(parseMeterId(meterId(key))).toEqual({ account, contract, device });
      }),
    );
  });

  it.each([
    '',
    'x',
    toGlobalId('Meter', '1/2'),
    toGlobalId('Meter', '1/2/3/4'),
    toGlobalId('Meter', '1//3'),
    toGlobalId('Meter', '1/2/%'),
    toGlobalId('Register', '1/2/3'),
  ])('are told from anything else: %s', (id) => {
    expect(parseMeterId(id)).toBeUndefined();
    expect(parseRegisterId(id)).toBeUndefined();
  });
});
