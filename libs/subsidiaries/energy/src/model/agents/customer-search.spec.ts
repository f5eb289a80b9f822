import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import { criteriaOf, parseCustomerSearch, type CustomerSearchInput } from './customer-search.js';

const refusal = (path: string) =>
  expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) });
const name = (more: object): CustomerSearchInput => ({ name: { lastName: 'Vogt', ...more } });

describe('what customers are searched by', () => {
  it.each([
    [{ customerNumber: ' 4100 007' }, { kind: 'customer-number', number: '0004100007' }],
    [{ contractNumber: '0310000015' }, { kind: 'contract-number', number: '0310000015' }],
    [{ contractAccountNumber: '201000011' }, { kind: 'contract-account-number', number: '000201000011' }],
    [{ meterSerialNumber: '1esy 1160 000005' }, { kind: 'meter-serial-number', serialNumber: '1ESY1160000005' }],
    [
      name({ lastName: " D'Angelo ", postcode: '07743' }),
      { kind: 'name', lastName: "D'Angelo", firstName: null, street: null, postcode: '07743', birthDate: null },
    ],
    [
      name({ lastName: 'Li', firstName: 'Ú', street: 'Am Anger 3/4' }),
      { kind: 'name', lastName: 'Li', firstName: 'Ú', street: 'Am Anger 3/4', postcode: null, birthDate: null },
    ],
  ])('is read from %j', (by, expected) => {
    expect(parseCustomerSearch(by)).toEqual(expected);
  });

  it.each([
    [{}, 'by'],
    [{ customerNumber: null }, 'by'],
    [{ customerNumber: '' }, 'by.customerNumber'],
    [{ customerNumber: '12345678901' }, 'by.customerNumber'],
    [{ customerNumber: "1' or '1" }, 'by.customerNumber'],
    [{ contractNumber: '*' }, 'by.contractNumber'],
    [{ contractAccountNumber: '1234567890123' }, 'by.contractAccountNumber'],
    [{ meterSerialNumber: 'abc' }, 'by.meterSerialNumber'],
    [{ meterSerialNumber: "1ESY' or 1 eq 1" }, 'by.meterSerialNumber'],
    [name({ lastName: 'Li' }), 'by.name.lastName'],
    [name({ lastName: 'L', postcode: '07743' }), 'by.name.lastName'],
    [name({ lastName: 'Vo*' }), 'by.name.lastName'],
    [name({ lastName: '---' }), 'by.name.lastName'],
    [name({ lastName: 'A--' }), 'by.name.lastName'],
    [name({ lastName: 'Vogt\r\nX' }), 'by.name.lastName'],
    [name({ lastName: '</x>' }), 'by.name.lastName'],
    [name({ lastName: 'V'.repeat(41) }), 'by.name.lastName'],
    [name({ firstName: '' }), 'by.name.firstName'],
    [name({ firstName: '%' }), 'by.name.firstName'],
    [name({ street: 'S*' }), 'by.name.street'],
    [name({ street: 'Am' }), 'by.name.street'],
    [name({ postcode: '7743' }), 'by.name.postcode'],
    [name({ postcode: '٠٧٧٤٣' }), 'by.name.postcode'],
  ])('is refused with its place: %j', (by, path) => {
    expect(() => parseCustomerSearch(by)).toThrow(refusal(path));
  });

  it('is named in the record without what was typed', () => {
    const all = name({ firstName: 'Lena', street: 'Saalstraße', postcode: '07743', birthDate: '2003-04-17' });
    expect(criteriaOf(parseCustomerSearch(all))).toEqual([
      'last-name',
      'first-name',
      'street',
      'postcode',
      'birth-date',
    ]);
    expect(criteriaOf(parseCustomerSearch(name({ birthDate: '2003-04-17' as CalendarDate })))).toEqual([
      'last-name',
      'birth-date',
    ]);
    expect(criteriaOf(parseCustomerSearch({ customerNumber: '1' }))).toEqual(['customer-number']);
  });
});
