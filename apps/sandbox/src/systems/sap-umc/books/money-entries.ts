import type { Booking } from '../../legacy-system.js';

interface Booked {
  readonly household: number;
  readonly accountId: string;
  /** Milliseconds since 1970 on the sandbox's clock. */
  readonly at: number;
}

/** A bank account that a client entered, or changed under its number. */
export interface BookedBankAccount extends Booked {
  readonly kind: 'bank-account';
  readonly bankAccountId: string;
  readonly holder: string;
  readonly name: string;
  readonly iban: string;
}

/** A business agreement as a client put it: all that can be changed of it. */
export interface BookedAgreement extends Booked {
  readonly kind: 'business-agreement';
  readonly contractAccountId: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A payment that a client ordered: a document with one item for each invoice. */
export interface BookedPayment extends Booked {
  readonly kind: 'payment';
  readonly documentId: string;
  readonly contractAccountId: string;
  readonly bankAccountId: string;
  /** Day of the debit, `YYYY-MM-DD`. */
  readonly executedOn: string;
  readonly items: readonly { readonly invoiceId: string; readonly amount: string }[];
}

/** Entries that belong to a business partner and no single contract. */
export type MoneyEntry = BookedBankAccount | BookedAgreement | BookedPayment;

export function isMoneyEntry(entry: { readonly kind: string }): entry is MoneyEntry {
  return entry.kind === 'bank-account' || entry.kind === 'business-agreement' || entry.kind === 'payment';
}

/** What makes two entries the same effect; the number that SAP gives is not part of it. */
export function moneyFacts(entry: MoneyEntry): string {
  switch (entry.kind) {
    case 'bank-account':
      return [entry.kind, entry.accountId, entry.iban, entry.holder].join(' ');
    case 'business-agreement':
      return [entry.kind, entry.contractAccountId, JSON.stringify(entry.values)].join(' ');
    case 'payment':
      return [entry.kind, entry.contractAccountId, entry.executedOn, itemsOf(entry)].join(' ');
  }
}

/** What the control endpoint shows of an entry. */
export function moneyBooking(entry: MoneyEntry): Booking {
  const { kind, accountId: account } = entry;
  const common = { kind, at: new Date(entry.at).toISOString(), account };
  switch (entry.kind) {
    case 'bank-account':
      return { ...common, bankAccount: entry.bankAccountId, iban: entry.iban, holder: entry.holder };
    case 'business-agreement': {
      const { IncomingPaymentMethodID: method, IncomingPaymentBankAccountID: debited } = entry.values;
      return { ...common, contractAccount: entry.contractAccountId, method, debited };
    }
    case 'payment': {
      const { contractAccountId: contractAccount, bankAccountId: bankAccount, executedOn: on, documentId: id } = entry;
      return { ...common, contractAccount, bankAccount, on, items: itemsOf(entry), id };
    }
  }
}

function itemsOf({ items }: BookedPayment): string {
  return items.map(({ invoiceId, amount }) => `${invoiceId} ${amount}`).join(', ');
}
