import type { Labels } from '#lib/customer';
import { INVOICED } from '../labels.js';

/** An invoice as it was sent (PDF). */
export interface InvoiceDocument {
  readonly base64: string;
}

export const invoiceDocumentLabels: Labels<InvoiceDocument> = { base64: INVOICED };

/** Kind of the files, as capability URLs name it. */
export const INVOICE_PDF = 'energy.invoice-pdf';

/** What the file is saved as. */
export function invoiceFileName(number: string): string {
  return `Rechnung-${number}.pdf`;
}
