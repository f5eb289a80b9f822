import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Capabilities, type ServedFile } from '#lib/access';
import type { Customer } from '#lib/customer';
import { AppError, type RequestScope } from '#lib/kernel';
import { EnergyService } from './energy.service.js';
import { INVOICE_PDF, invoiceFileName } from './model/billing/invoice-document.js';

/** Serves the PDFs of invoices to holders of their addresses. */
@Injectable()
export class InvoiceFiles implements OnModuleInit {
  constructor(
    private readonly capabilities: Capabilities,
    private readonly service: EnergyService,
  ) {}

  onModuleInit(): void {
    this.capabilities.add(INVOICE_PDF, (number, customer, scope) => this.load(number, customer, scope));
  }

  private async load(number: string, customer: Customer, scope: RequestScope): Promise<ServedFile> {
    const { value } = await this.service.invoicePdf(scope, customer, number);
    if (value === null) throw new AppError('NOT_FOUND', 'no such invoice for this caller');
    return {
      name: invoiceFileName(number),
      mediaType: 'application/pdf',
      bytes: Buffer.from(value.base64, 'base64'),
    };
  }
}
