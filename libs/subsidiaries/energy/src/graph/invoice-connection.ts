import { toGlobalId, type CalendarDate, type Source } from '#lib/kernel';
import { isOverdue, type Invoice } from '../model/invoice.js';
import { pageOfInvoices, type InvoiceQuery } from '../model/invoice-page.js';
import type { InvoiceConnectionType, InvoiceType } from './invoice.type.js';

/** One page of the invoices as the graph shows it; `today` decides what is overdue. */
export function toInvoiceConnection(
  invoices: readonly Invoice[],
  source: Source,
  query: InvoiceQuery,
  today: CalendarDate,
): InvoiceConnectionType {
  const page = pageOfInvoices(invoices, query);
  return {
    nodes: page.invoices.map((invoice) => toInvoice(invoice, today)),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
    totalCount: page.totalCount,
    source,
  };
}

function toInvoice(invoice: Invoice, today: CalendarDate): InvoiceType {
  const { number, date, due, amount, open } = invoice;
  return { id: toGlobalId('Invoice', number), number, date, due, amount, open, overdue: isOverdue(invoice, today) };
}
