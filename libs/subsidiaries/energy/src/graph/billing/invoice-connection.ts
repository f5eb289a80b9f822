import type { Customer } from '#lib/customer';
import type { DocumentType } from '#lib/graph';
import { toGlobalId, type CalendarDate, type Source } from '#lib/kernel';
import { INVOICE_PDF, invoiceFileName } from '../../model/billing/invoice-document.js';
import { isOverdue, type Invoice } from '../../model/billing/invoice.js';
import { pageOfInvoices, type InvoiceQuery } from '../../model/billing/invoice-page.js';
import type { InvoiceConnectionType, InvoiceType } from './invoice.type.js';

/**
 * One page of the invoices as the graph shows it.
 * @param today decides what is overdue
 * @param reader the customer whose invoices the caller may open as they were sent; null where they may not
 */
export function toInvoiceConnection(
  invoices: readonly Invoice[],
  source: Source,
  query: InvoiceQuery,
  today: CalendarDate,
  reader: Customer | null,
): InvoiceConnectionType {
  const page = pageOfInvoices(invoices, query);
  return {
    nodes: page.items.map((invoice) => toInvoice(invoice, today, reader)),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
    totalCount: page.totalCount,
    source,
  };
}

function toInvoice(invoice: Invoice, today: CalendarDate, reader: Customer | null): InvoiceType {
  const { number, date, due, amount, open, state } = invoice;
  const overdue = isOverdue(invoice, today);
  const document = reader && toDocument(number, reader);
  return { id: toGlobalId('Invoice', number), number, date, due, amount, open, state, overdue, document };
}

function toDocument(number: string, { id: customerId }: Customer): DocumentType {
  return {
    id: toGlobalId('Document', `${INVOICE_PDF}/${number}`),
    name: invoiceFileName(number),
    mediaType: 'application/pdf',
    sizeBytes: null,
    file: { kind: INVOICE_PDF, item: number, customerId },
  };
}
