import type { Customer } from '#lib/customer';
import { toGlobalId, type CalendarDate, type Source } from '#lib/kernel';
import { INVOICE_PDF, invoiceFileName } from '../model/invoice-document.js';
import { isOverdue, type Invoice } from '../model/invoice.js';
import { pageOfInvoices, type InvoiceQuery } from '../model/invoice-page.js';
import type { InvoiceConnectionType, InvoiceType } from './invoice.type.js';

/** One page of the invoices as the graph shows it; `today` decides what is overdue. */
export function toInvoiceConnection(
  invoices: readonly Invoice[],
  source: Source,
  query: InvoiceQuery,
  today: CalendarDate,
  customer: Customer,
): InvoiceConnectionType {
  const page = pageOfInvoices(invoices, query);
  return {
    nodes: page.items.map((invoice) => toInvoice(invoice, today, customer)),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
    totalCount: page.totalCount,
    source,
  };
}

function toInvoice(invoice: Invoice, today: CalendarDate, customer: Customer): InvoiceType {
  const { number, date, due, amount, open, state } = invoice;
  const overdue = isOverdue(invoice, today);
  const document = {
    id: toGlobalId('Document', `${INVOICE_PDF}/${number}`),
    name: invoiceFileName(number),
    mediaType: 'application/pdf',
    sizeBytes: null,
    file: { kind: INVOICE_PDF, item: number, customerId: customer.id },
  };
  return { id: toGlobalId('Invoice', number), number, date, due, amount, open, state, overdue, document };
}
