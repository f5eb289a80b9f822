import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, money, toGlobalId, type CalendarDate } from '#lib/kernel';
import { pageOfInvoices, parseInvoiceQuery, type InvoiceInput } from './invoice-page.js';
import type { Invoice } from './invoice.js';

const STATES = ['OPEN', 'PAID'] as const;

function invoices(days: readonly number[]): Invoice[] {
  return days.map((day, index) => {
    const date = addDays('2026-01-01' as CalendarDate, day);
    const open = money(index % 3 === 0 ? '10' : '0');
    return {
      number: `R${index}`,
      contractAccount: '1',
      commodity: null,
      date,
      due: date,
      amount: money('10'),
      open,
      state: STATES[index % 2]!,
    };
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
          seen.push(...page.items);
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
    const numbers = pageOfInvoices(rest, parseInvoiceQuery({ after: endCursor })).items.map(({ number }) => number);
    expect(numbers).toEqual(['R1', 'R0']);
  });

  it('show only open or only cleared invoices on demand', () => {
    const list = invoices([1, 2, 3, 4]);
    expect(pageOfInvoices(list, parseInvoiceQuery({ open: true })).totalCount).toBe(2);
    expect(pageOfInvoices(list, parseInvoiceQuery({ open: false })).totalCount).toBe(2);
    expect(pageOfInvoices([], parseInvoiceQuery({}))).toEqual({
      items: [],
      totalCount: 0,
      hasNextPage: false,
      endCursor: null,
    });
  });

  it('show only some states and days on demand', () => {
    const list = invoices([1, 2, 3, 4]);
    const [from, until] = ['2026-01-03', '2026-01-04'] as CalendarDate[];
    const numbers = (input: InvoiceInput): string[] =>
      pageOfInvoices(list, parseInvoiceQuery(input)).items.map(({ number }) => number);
    expect(numbers({ states: ['PAID'] })).toEqual(['R3', 'R1']);
    expect(numbers({ states: [] })).toEqual([]);
    expect(numbers({ from, until })).toEqual(['R2', 'R1']);
    expect(numbers({ from, states: ['PAID', 'OTHER'] })).toEqual(['R3', 'R1']);
    expect(() => parseInvoiceQuery({ from: until, until: from })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ path: 'from' }) }),
    );
  });

  it('have twelve invoices unless told, explicit null included', () => {
    const all = { open: null, states: null, from: null, until: null, first: 12, after: null };
    expect(parseInvoiceQuery({})).toEqual(all);
    expect(parseInvoiceQuery({ open: null, states: null, first: null, after: null })).toEqual(all);
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
