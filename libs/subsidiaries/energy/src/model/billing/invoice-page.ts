import { AppError, type CalendarDate } from '#lib/kernel';
import { isOpen, type Invoice, type InvoiceState } from './invoice.js';
import { pageOf, parsePage, type Page, type PageInput, type PageQuery } from '../page.js';

/** Which invoices, and how many of them. */
export interface InvoiceQuery extends PageQuery {
  /** True: only with an open amount, false: only cleared ones, null: all. */
  readonly open: boolean | null;
  /** Only in one of these states; null: in any. */
  readonly states: readonly InvoiceState[] | null;
  /** Of these days, both inclusive; null: without that bound. */
  readonly from: CalendarDate | null;
  readonly until: CalendarDate | null;
}

/** What callers give. */
export interface InvoiceInput extends PageInput {
  readonly open?: boolean | null;
  readonly states?: readonly InvoiceState[] | null;
  readonly from?: CalendarDate | null;
  readonly until?: CalendarDate | null;
}

const CURSOR = 'InvoiceCursor';

/**
 * Checks what the caller asked for; `after` is the cursor of the page before.
 * @throws AppError INVALID_INPUT with path `first`, `after` or `from`
 */
export function parseInvoiceQuery(input: InvoiceInput): InvoiceQuery {
  const { open = null, states = null, from = null, until = null } = input;
  if (from !== null && until !== null && from > until) {
    const reason = 'must not be after until';
    throw new AppError('INVALID_INPUT', `from ${reason}`, { path: 'from', reason });
  }
  return { open, states, from, until, ...parsePage(input, CURSOR) };
}

/** The page of those invoices that the query lets through. */
export function pageOfInvoices(invoices: readonly Invoice[], query: InvoiceQuery): Page<Invoice> {
  const wanted = invoices.filter((invoice) => isWanted(invoice, query));
  return pageOf(wanted, ({ date, number }) => `${date}/${number}`, query, CURSOR);
}

function isWanted(invoice: Invoice, { open, states, from, until }: InvoiceQuery): boolean {
  return (
    (open === null || isOpen(invoice) === open) &&
    (states === null || states.includes(invoice.state)) &&
    (from === null || invoice.date >= from) &&
    (until === null || invoice.date <= until)
  );
}
