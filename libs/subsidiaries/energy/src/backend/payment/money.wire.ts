/** Names of SAP Multichannel Foundation for Utilities that are about bank accounts and payments, verbatim. */
export const BANK_ACCOUNTS = 'BankAccounts';

/** In CRM; the ERP system gets the terms of payment from there. */
export const BUSINESS_AGREEMENTS = 'BusinessAgreements';

/** Payment method (Zahlweg) of SEPA direct debits: this house's customising. */
export const DIRECT_DEBIT = 'E';

/** Newer service packs only. */
export const SEPA_FLAG = 'SEPAFlag';

/** Message class and number by which SAP calls an IBAN invalid. */
export const IBAN_INVALID = 'CRM_IU_UMC_ODATA/111';

/** Of a business partner, with the invoices that each pays. */
export const PAYMENTS = 'PaymentDocuments?$expand=PaymentDocumentItems';

/** Where a payment is entered, its items with it. */
export const PAYMENT_DOCUMENTS = 'PaymentDocuments';
