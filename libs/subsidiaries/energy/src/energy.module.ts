import { Module } from '@nestjs/common';
import { EnergyBackend } from './backend/energy.backend.js';
import { SapGateway } from './backend/sap-gateway.js';
import { ChangeInstalment } from './commands/change-instalment.js';
import { SubmitReadings } from './commands/submit-readings.js';
import { EnergyLinkProof } from './energy.link-proof.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { InvoiceFiles } from './invoice-files.js';
import { EnergyService } from './energy.service.js';
import { EnergyCommandsResolver } from './graph/commands.resolver.js';
import { CustomerEnergyResolver } from './graph/customer-energy.resolver.js';
import { ContractTermsResolver } from './graph/contract-terms.resolver.js';
import { ContractAccountsResolver } from './graph/contract-accounts.resolver.js';
import { BankAccountResolver, DirectDebitMandateResolver } from './graph/bank-account.resolver.js';
import { PaymentPlanResolver } from './graph/payment-plan.resolver.js';
import { ConsumptionResolver } from './graph/consumption.resolver.js';
import { EnergyContractResolver } from './graph/energy-contract.resolver.js';
import { EnergyCustomerResolver } from './graph/energy-customer.resolver.js';
import { EnergyResults } from './graph/energy-results.js';
import { InstalmentResolver } from './graph/instalment.resolver.js';
import { PendingReadingsResolver } from './graph/pending-readings.resolver.js';
import { MeterReadingsResolver } from './graph/meter-readings.resolver.js';

/** Needs Upstream, CustomerAccess, what the graph gives for commands, CLOCK and EnergySettings, which the gateway provides everywhere. */
@Module({
  providers: [
    SapGateway,
    EnergyBackend,
    EnergyLinkProof,
    EnergyCustomerEntitlement,
    EnergyService,
    InvoiceFiles,
    SubmitReadings,
    ChangeInstalment,
    CustomerEnergyResolver,
    EnergyCustomerResolver,
    EnergyContractResolver,
    ContractAccountsResolver,
    BankAccountResolver,
    DirectDebitMandateResolver,
    PaymentPlanResolver,
    ContractTermsResolver,
    ConsumptionResolver,
    EnergyCommandsResolver,
    EnergyResults,
    InstalmentResolver,
    PendingReadingsResolver,
    MeterReadingsResolver,
  ],
})
export class EnergyModule {}
