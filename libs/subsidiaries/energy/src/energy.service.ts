import { Inject, Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  type CalendarDate,
  type Clock,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import { EnergyBackend } from './backend/energy.backend.js';
import { bankAccountLabels, expectMaySeeIban, type BankAccount } from './model/payment/bank-account.js';
import { billingPeriodLabels, type BillingPeriod } from './model/billing/billing-period.js';
import {
  billedConsumptionLabels,
  profileDayLabels,
  type BilledConsumption,
  type DayRange,
  type ProfileDay,
} from './model/meters/consumption.js';
import {
  contractAccountLabels,
  paymentPlanLabels,
  type ContractAccount,
  type PaymentPlan,
} from './model/billing/contract-account.js';
import { energyContractLabels, type EnergyContract } from './model/contracts/energy-contract.js';
import { instalmentLabels, type Instalment } from './model/billing/instalment.js';
import { invoiceLabels, type Invoice } from './model/billing/invoice.js';
import { invoiceDocumentLabels, type InvoiceDocument } from './model/billing/invoice-document.js';
import { keptReadingLabels, type KeptReading } from './model/meters/kept-reading.js';
import { INVOICED, PAYMENT } from './model/labels.js';
import { meterLabels, type Meter } from './model/meters/meter.js';
import { contractTermsLabels, type ContractTerms } from './model/contracts/terms.js';
import {
  BALANCES,
  BANK_ACCOUNTS,
  BILLING_PERIOD,
  CONSUMPTION,
  CONTRACTS,
  ENERGY_KEY,
  INSTALMENTS,
  INVOICE_FILE,
  INVOICES,
  METER_READINGS,
  METERS,
  PAYMENT_PLANS,
  PROFILE,
  TERMS,
} from './operations.js';

/** What the energy subsidiary knows of a customer, as far as the caller may see it. */
@Injectable()
export class EnergyService {
  constructor(
    private readonly backend: EnergyBackend,
    private readonly access: CustomerAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The business partner number (Geschäftspartner); null where the caller does not see the subsidiary's part. */
  findAccount(scope: RequestScope, customer: Customer): string | null {
    if (this.access.decide(scope, customer, ENERGY_KEY) !== 'show') return null;
    return customer.links[ENERGY_KEY] ?? null;
  }

  /** @throws AppError NOT_FOUND when the caller sees no such part; UPSTREAM_* when SAP cannot be read; so do all reads */
  contracts(scope: RequestScope, customer: Customer): Promise<Reading<readonly EnergyContract[]>> {
    return this.access.read(
      {
        operation: CONTRACTS,
        labels: energyContractLabels,
        load: (account, call) => this.backend.listContracts(account, call),
      },
      scope,
      customer,
    );
  }

  /** Running instalment plans of all contracts. */
  instalments(scope: RequestScope, customer: Customer): Promise<Reading<readonly Instalment[]>> {
    return this.access.read(
      {
        operation: INSTALMENTS,
        labels: instalmentLabels,
        load: (account, call) => this.backend.listInstalments(account, call),
      },
      scope,
      customer,
    );
  }

  /** Invoices of all contract accounts. */
  invoices(scope: RequestScope, customer: Customer): Promise<Reading<readonly Invoice[]>> {
    return this.access.read(
      { operation: INVOICES, labels: invoiceLabels, load: (account, call) => this.backend.listInvoices(account, call) },
      scope,
      customer,
    );
  }

  /**
   * An invoice as it was sent; null where the caller may not see it.
   * @throws AppError NOT_FOUND when it is none of the customer's
   */
  async invoicePdf(scope: RequestScope, customer: Customer, number: string): Promise<Reading<InvoiceDocument | null>> {
    const { value: own } = await this.invoices(scope, customer);
    if (!own.some((invoice) => invoice.number === number)) throw new AppError('NOT_FOUND', 'no such invoice');
    return this.access.read(
      {
        operation: INVOICE_FILE,
        args: [number],
        labels: invoiceDocumentLabels,
        load: (_account, call) => this.backend.readInvoicePdf(number, call),
      },
      scope,
      customer,
    );
  }

  /** Whether {@link invoicePdf} shows this caller anything. */
  maySeeInvoicePdf(scope: RequestScope, customer: Customer): boolean {
    return this.access.decide(scope, customer, ENERGY_KEY, INVOICED) === 'show';
  }

  /** Meters in running contracts; empty for callers who may not see the grid's data. */
  meters(scope: RequestScope, customer: Customer): Promise<Reading<readonly Meter[]>> {
    return this.access.read(
      { operation: METERS, labels: meterLabels, load: (account, call) => this.backend.listMeters(account, call) },
      scope,
      customer,
    );
  }

  /**
   * What the system keeps of a meter, earlier customers' readings included: `pageOfHistory` leaves those out.
   * @param meter one of {@link meters} of the same customer
   */
  readings(scope: RequestScope, customer: Customer, { number }: Meter): Promise<Reading<readonly KeptReading[]>> {
    return this.access.read(
      {
        operation: METER_READINGS,
        args: [number],
        labels: keptReadingLabels,
        load: (_account, call) => this.backend.listReadingHistory(number, call),
      },
      scope,
      customer,
    );
  }

  /** Consumption of all contracts by billed period. */
  consumption(scope: RequestScope, customer: Customer): Promise<Reading<readonly BilledConsumption[]>> {
    return this.access.read(
      {
        operation: CONSUMPTION,
        labels: billedConsumptionLabels,
        load: (account, call) => this.backend.listConsumption(account, call),
      },
      scope,
      customer,
    );
  }

  /**
   * Consumption by day and register, where a smart meter sends it.
   * @param contract one of {@link contracts} of the same customer
   */
  profileDays(
    scope: RequestScope,
    customer: Customer,
    { number }: EnergyContract,
    days: DayRange,
  ): Promise<Reading<readonly ProfileDay[]>> {
    return this.access.read(
      {
        operation: PROFILE,
        args: [number, days.from, days.until],
        labels: profileDayLabels,
        load: (_account, call) => this.backend.listProfileDays(number, days, call),
      },
      scope,
      customer,
    );
  }

  /** Terms of all contracts. */
  terms(scope: RequestScope, customer: Customer): Promise<Reading<readonly ContractTerms[]>> {
    return this.access.read(
      { operation: TERMS, labels: contractTermsLabels, load: (account, call) => this.backend.listTerms(account, call) },
      scope,
      customer,
    );
  }

  /**
   * The period that the next bill will be about; null when none is to come.
   * @param contract one of {@link contracts} of the same customer
   */
  billingPeriod(
    scope: RequestScope,
    customer: Customer,
    { number }: EnergyContract,
  ): Promise<Reading<BillingPeriod | null>> {
    return this.access.read(
      {
        operation: BILLING_PERIOD,
        args: [number],
        labels: billingPeriodLabels,
        load: (_account, call) => this.backend.findBillingPeriod(number, call),
      },
      scope,
      customer,
    );
  }

  /** Contract accounts with what is open on them. */
  contractAccounts(scope: RequestScope, customer: Customer): Promise<Reading<readonly ContractAccount[]>> {
    return this.access.read(
      {
        operation: BALANCES,
        labels: contractAccountLabels,
        load: (account, call) => this.backend.listContractAccounts(account, call),
      },
      scope,
      customer,
    );
  }

  /** Plans by which debts are paid off, of all contracts. */
  paymentPlans(scope: RequestScope, customer: Customer): Promise<Reading<readonly PaymentPlan[]>> {
    return this.access.read(
      {
        operation: PAYMENT_PLANS,
        labels: paymentPlanLabels,
        load: (account, call) => this.backend.listPaymentPlans(account, call),
      },
      scope,
      customer,
    );
  }

  /** With IBANs in full: whoever shows one masks it or asks {@link expectMaySeeIban}. */
  bankAccounts(scope: RequestScope, customer: Customer): Promise<Reading<readonly BankAccount[]>> {
    return this.access.read(
      {
        operation: BANK_ACCOUNTS,
        labels: bankAccountLabels,
        load: (account, call) => this.backend.listBankAccounts(account, call),
      },
      scope,
      customer,
    );
  }

  /** Whether {@link bankAccounts} shows this caller any. */
  maySeeBankAccounts(scope: RequestScope, customer: Customer): boolean {
    return this.access.decide(scope, customer, ENERGY_KEY, PAYMENT) === 'show';
  }

  /** @throws AppError FORBIDDEN, STEP_UP_REQUIRED where the caller may not see an IBAN in full now */
  expectMaySeeIban(scope: RequestScope): void {
    expectMaySeeIban(scope.principal, this.clock.now());
  }

  /** Today in Berlin, against which due dates count. */
  today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}
