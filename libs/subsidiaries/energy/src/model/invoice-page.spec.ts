import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, money, toGlobalId, type CalendarDate } from '#lib/kernel';
import { pageOfInvoices, parseInvoiceQuery } from './invoice-page.js';
import type { Invoice } from './invoice.js';

function invoices(days: readonly number[]): Invoice[] {
  return days.map((day, index) => {
    const date = addDays('2026-01-01' as CalendarDate, day);
    const open = money(index % 3 === 0 ? '10' : '0');
    return { number: `R${index}`, contractAccount: '1', commodity: null, date, due: date, amount: money('10'), open };
  });
}

describe('pages of invoices', () => {
  it('together show every invoice once, newest first, whatever the page size', () => {
    const lists = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }).map(invoices);
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 100 }), (list, first) => {
        const seen: Invoice[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = pageOfInvoices(list, parseInvoiceQuery({ first, after }));
          expect(page.totalCount).toBe(list.length);
          seen.push(...page.invoices);
          [after, more] = [page.endCursor, page.hasNextPage];
        }
        expect(new Set(seen)).toEqual(new Set(list));
        expect(seen).toHaveLength(list.length);
        expect(seen.map(({ date }) => date)).toEqual(
          list
            .map(({ date }) => date)
            .toSorted()
            .toReversed(),
        );
      }),
    );
  });

  it('keep their place when the last invoice shown is gone', () => {
    const list = invoices([1, 2, 3, 4]);
    const { endCursor } = pageOfInvoices(list, parseInvoiceQuery({ first: 2 }));
    const rest = list.filter(({ number }) => number !== 'R2');
    const numbers = pageOfInvoices(rest, parseInvoiceQuery({ after: endCursor })).invoices.map(({ number }) => number);
    expect(numbers).toEqual(['R1', 'R0']);
  });

  it('show only open or only cleared invoices on demand', () => {
    const list = invoices([1, 2, 3, 4]);
    expect(pageOfInvoices(list, parseInvoiceQuery({ open: true })).totalCount).toBe(2);
    expect(pageOfInvoices(list, parseInvoiceQuery({ open: false })).totalCount).toBe(2);
    expect(pageOfInvoices([], parseInvoiceQuery({}))).toEqual({
      invoices: [],
      totalCount: 0,
      hasNextPage: false,
      endCursor: null,
    });
  });

  it('have twelve invoices unless told, explicit null included', () => {
    expect(parseInvoiceQuery({})).toEqual({ open: null, first: 12, after: null });
    expect(parseInvoiceQuery({ open: null, first: null, after: null })).toEqual({ open: null, first: 12, after: null });
  });

  it.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: 1.5 }, 'first'],
    [{ after: '' }, 'after'],
    [{ after: 'x' }, 'after'],
    [{ after: toGlobalId('Invoice', '2026-01-01/R1') }, 'after'],
    [{ after: toGlobalId('InvoiceCursor', 'gestern') }, 'after'],
  ])('refuse %j with its path', (input, path) => {
    expect(() => parseInvoiceQuery(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });
});
