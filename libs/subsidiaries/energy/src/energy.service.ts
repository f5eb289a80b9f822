import { Inject, Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import {
  berlinDate,
  CLOCK,
  instantOf,
  type CalendarDate,
  type Clock,
  type Reading,
  type RequestScope,
} from '#lib/kernel';
import { EnergyBackend } from './backend/energy.backend.js';
import { energyContractLabels, type EnergyContract } from './model/energy-contract.js';
import { instalmentLabels, type Instalment } from './model/instalment.js';
import { invoiceLabels, type Invoice } from './model/invoice.js';
import { meterLabels, type Meter } from './model/meter.js';
import { CONTRACTS, ENERGY_KEY, INSTALMENTS, INVOICES, METERS } from './operations.js';

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

  /** Meters in running contracts; empty for callers who may not see the grid's data. */
  meters(scope: RequestScope, customer: Customer): Promise<Reading<readonly Meter[]>> {
    return this.access.read(
      { operation: METERS, labels: meterLabels, load: (account, call) => this.backend.listMeters(account, call) },
      scope,
      customer,
    );
  }

  /** Today in Berlin, against which due dates count. */
  today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}
