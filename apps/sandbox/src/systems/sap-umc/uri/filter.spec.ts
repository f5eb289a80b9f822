import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row } from '../books/row.js';
import { typeNamed } from '../model/service-model.js';
import { SapError } from '../sap-error.js';
import { umcServices } from '../umc-services.js';
import { filterOf } from './filter.js';

const services = umcServices('newer');
const erp = services.get('ERP_UTILITIES_UMC')!;
const invoice = typeNamed(erp, 'Invoice');
const row: Row = {
  InvoiceID: '00042',
  AccountID: '0000007700',
  AmountDue: '12.5000',
  InvoiceDate: '2026-03-01T00:00:00',
  Currency: "E'R",
  PrintDate: null,
};
const matches = (text: string): boolean => filterOf(text, invoice, erp).matches(row);
const demanded = (text: string): unknown => Object.fromEntries(filterOf(text, invoice, erp).demanded);

describe('a filter', () => {
  it.each([
    ["InvoiceID eq '00042'", true],
    ["InvoiceID eq '42'", false],
    ["'00042' eq InvoiceID", true],
    ["Currency eq 'E''R'", true],
    ['AmountDue eq 12.5', true],
    ['AmountDue gt 12.49M', true],
    ['AmountDue ge 9', true],
    ['AmountDue lt -1', false],
    ["InvoiceDate ge datetime'2026-03-01T00:00:00'", true],
    ["InvoiceDate gt datetime'2026-03-01T00:00'", false],
    ["InvoiceDate ge datetime'2026-01-01T00:00:00' and InvoiceDate le datetime'2026-12-31T00:00:00'", true],
    ["InvoiceID eq 'x' or AccountID eq '0000007700' and Currency ne 'x'", true],
    ["(InvoiceID eq 'x' or AccountID eq '0000007700') and Currency eq 'x'", false],
    ["not (InvoiceID eq 'x')", true],
    ["not startswith(InvoiceID,'000')", false],
    ["substringof('004',InvoiceID) eq true", true],
    ["endswith(InvoiceID,'42')", true],
    ["tolower(Currency) eq 'e''r'", true],
    ['PrintDate eq null', true],
    ["PrintDate lt datetime'2030-01-01T00:00:00'", false],
    ["SubstituteDocument eq ''", true],
  ])('%s is %s for the invoice', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  it('looks into a complex property', () => {
    const premise = typeNamed(erp, 'Premise');
    const { matches: inJena } = filterOf("AddressInfo/City eq 'Jena'", premise, erp);
    expect([inJena({ AddressInfo: { City: 'Jena' } }), inJena({ AddressInfo: {} })]).toEqual([true, false]);
  });

  it('demands only what every match must have', () => {
    expect(demanded("AccountID eq '1' and InvoiceID eq '2'")).toEqual({ AccountID: '1', InvoiceID: '2' });
    expect(demanded("AccountID eq '1' and (InvoiceID eq '2' or InvoiceID eq '3')")).toEqual({ AccountID: '1' });
    expect(demanded("AccountID eq '1' or AccountID eq '2'")).toEqual({});
    expect(demanded("not (AccountID eq '1') and AmountDue eq 1")).toEqual({});
  });

  it.each([
    ['Nothing eq 1', '005056A509B11EE1B9A8FEA8DE87F78E'],
    ['constructor eq 1', '005056A509B11EE1B9A8FEA8DE87F78E'],
    ["AmountDue eq '12.5'", '005056A509B11EE1BB8AF4A65EC3CA20'],
    ["InvoiceDate ge '2026-01-01'", '005056A509B11EE1BB8AF4A65EC3CA20'],
    ["startswith(AmountDue,'1')", '005056A509B11EE1BB8AF4A65EC3CA20'],
    ["InvoiceDate ge datetime'2026-13-01T00:00:00'", '005056A509B11EE1B9A8FEC11C21578E'],
    ['InvoiceID eq', '005056A509B11EE1B9A8FEC11C21578E'],
    ["InvoiceID eq 'open", '005056A509B11EE1B9A8FEC11C21578E'],
    ["(InvoiceID eq '1'", '005056A509B11EE1B9A8FEC11C21578E'],
    ["InvoiceID eq '1' InvoiceID", '005056A509B11EE1B9A8FEC11C21578E'],
    ["InvoiceID has '1'", '005056A509B11EE1B9A8FEC11C21578E'],
    [`${'('.repeat(40)}InvoiceID eq '1'${')'.repeat(40)}`, '005056A509B11EE1B9A8FEC11C21578E'],
    [`InvoiceID eq '${'x'.repeat(9000)}'`, '005056A509B11EE1B9A8FEC11C21578E'],
  ])('%.60s is refused', (text, code) => {
    expect(() => filterOf(text, invoice, erp)).toThrow(expect.objectContaining({ status: 400, code }));
  });

  it('finds any text again that is quoted as OData quotes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (wanted, other) => {
        const { matches: found } = filterOf(`Currency eq '${wanted.replaceAll("'", "''")}'`, invoice, erp);
        expect(found({ Currency: wanted.slice(0, 5) })).toBe(wanted.length <= 5);
        expect(found({ Currency: other.slice(0, 5) })).toBe(other.slice(0, 5) === wanted);
      }),
    );
  });

  it('answers any text with a condition or a refusal', () => {
    const words = ['InvoiceID', 'AmountDue', 'eq', 'and', 'or', 'not', '(', ')', "'a'", '1', 'null', 'startswith', ','];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (list) => {
        let outcome: unknown = 'read';
        try {
          filterOf(list.join(' '), invoice, erp).matches(row);
        } catch (error) {
          outcome = error;
        }
        expect(outcome === 'read' || outcome instanceof SapError).toBe(true);
      }),
    );
  });
});
