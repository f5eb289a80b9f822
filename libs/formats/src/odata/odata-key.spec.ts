import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { odataKey } from './odata-key.js';

describe('odataKey', () => {
  it('keeps leading zeros', () => {
    expect(odataKey('0000104711')).toBe("'0000104711'");
  });

  it('doubles quotes and encodes what could leave the key', () => {
    expect(odataKey("1')/Invoices?$filter=x eq '")).toBe("'1%27%27)%2FInvoices%3F%24filter%3Dx%20eq%20%27%27'");
  });

  it('never lets a value end its literal and always gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const inner = odataKey(value).slice(1, -1);
        expect(inner).not.toMatch(/['/?#&\s]/);
        expect(decodeURIComponent(inner).replaceAll("''", "'")).toBe(value);
      }),
    );
  });

  it('replaces half characters instead of throwing', () => {
    expect(odataKey('\ud800')).toBe("'%EF%BF%BD'");
  });
});
