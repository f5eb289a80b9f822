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
 * @param mayOpen whether the caller may open them as they were sent
 */
export function toInvoiceConnection(
  invoices: readonly Invoice[],
  source: Source,
  query: InvoiceQuery,
  today: CalendarDate,
  { customer, mayOpen }: { readonly customer: Customer; readonly mayOpen: boolean },
): InvoiceConnectionType {
  const page = pageOfInvoices(invoices, query);
  return {
    nodes: page.items.map((invoice) => ({
      ...toInvoice(invoice, today),
      document: mayOpen ? toDocument(invoice.number, customer) : null,
      customer,
    })),
    pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
    totalCount: page.totalCount,
    source,
  };
}

function toInvoice(invoice: Invoice, today: CalendarDate): Omit<InvoiceType, 'document' | 'customer'> {
  const { number, date, due, amount, open, state } = invoice;
  const overdue = isOverdue(invoice, today);
  return { id: toGlobalId('Invoice', number), number, date, due, amount, open, state, overdue };
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
