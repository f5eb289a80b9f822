import { Module } from '@nestjs/common';
import { EnergyBackend } from './backend/energy.backend.js';
import { SapGateway } from './backend/sap/sap-gateway.js';
import { TariffsBackend } from './backend/tariffs/tariffs.backend.js';
import { MoneyBackend } from './backend/payment/money.backend.js';
import { ChangeBankAccount } from './commands/change-bank-account.js';
import { SupplyBackend } from './backend/supply/supply.backend.js';
import { ContractEnding } from './commands/contract-ending.js';
import { DeclareCancellation, DeclaredEnding, DeclareWithdrawal } from './commands/declare.js';
import { GiveNotice } from './commands/give-notice.js';
import { OrderSupply } from './commands/order-supply.js';
import { WithdrawContract } from './commands/withdraw-contract.js';
import { DeclarationsResolver } from './graph/supply/declarations.resolver.js';
import { SupplyResolver } from './graph/supply/supply.resolver.js';
import { ChangeInstalment } from './commands/change-instalment.js';
import { ProductBackend } from './backend/tariffs/product.backend.js';
import { ChangeProduct } from './commands/change-product.js';
import { PayOpenItems } from './commands/pay-open-items.js';
import { ProductChangeResolver } from './graph/tariffs/product-change.resolver.js';
import { BankChangeResolver } from './graph/payment/bank-change.resolver.js';
import { PaymentResolver } from './graph/payment/payment.resolver.js';
import { DirectDebitMandate } from './mandate.js';
import { SubmitReadings } from './commands/submit-readings.js';
import { CustomerSearchBackend } from './backend/agents/customer-search.backend.js';
import { CustomerSearchService } from './customer-search.service.js';
import { ContactsBackend } from './backend/agents/contacts.backend.js';
import { RecordContact } from './commands/record-contact.js';
import { ContactsService } from './contacts.service.js';
import { ContactRecordResolver } from './graph/agents/contact-record.resolver.js';
import { ReadingReviewBackend } from './backend/meters/reading-review.backend.js';
import { ReviewReading } from './commands/review-reading.js';
import { AgentResults } from './graph/agents/agent-results.js';
import { ReadingReviewResolver } from './graph/meters/reading-review.resolver.js';
import { CustomerSearchResolver } from './graph/agents/customer-search.resolver.js';
import { EnergyLinkProof } from './energy.link-proof.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { InvoiceFiles } from './invoice-files.js';
import { EnergyService } from './energy.service.js';
import { EnergyCommandsResolver } from './graph/commands.resolver.js';
import { CustomerEnergyResolver } from './graph/customer-energy.resolver.js';
import { ContractTermsResolver } from './graph/contracts/contract-terms.resolver.js';
import { ContractAccountsResolver } from './graph/billing/contract-accounts.resolver.js';
import { BankAccountResolver, DirectDebitMandateResolver } from './graph/payment/bank-account.resolver.js';
import { PaymentPlanResolver } from './graph/billing/payment-plan.resolver.js';
import { ConsumptionResolver } from './graph/meters/consumption.resolver.js';
import { EnergyContractResolver } from './graph/contracts/energy-contract.resolver.js';
import { EnergyCustomerResolver } from './graph/energy-customer.resolver.js';
import { EnergyResults } from './graph/energy-results.js';
import { InstalmentResolver } from './graph/billing/instalment.resolver.js';
import { PendingReadingsResolver } from './graph/meters/pending-readings.resolver.js';
import { MeterReadingsResolver } from './graph/meters/meter-readings.resolver.js';
import { TariffsResolver } from './graph/tariffs/tariffs.resolver.js';
import { EnergyContractsController } from './partner/contracts.controller.js';
import { EnergyMetersController } from './partner/meters.controller.js';
import { TariffsController } from './partner/tariffs.controller.js';
import { TariffService } from './tariff.service.js';
import { ProductService } from './product.service.js';
import { UpcomingProductResolver } from './graph/tariffs/upcoming-product.resolver.js';
import { PendingEndResolver } from './graph/supply/pending-end.resolver.js';
import { PendingBankResolver } from './graph/payment/pending-bank.resolver.js';
import { PendingPaymentResolver } from './graph/payment/pending-payment.resolver.js';

/** Needs Upstream, CustomerAccess, what the graph gives for commands, CLOCK and EnergySettings, which the gateway provides everywhere. */
@Module({
  controllers: [TariffsController, EnergyContractsController, EnergyMetersController],
  providers: [
    SapGateway,
    EnergyBackend,
    CustomerSearchBackend,
    CustomerSearchService,
    CustomerSearchResolver,
    ContactsBackend,
    ContactsService,
    RecordContact,
    ContactRecordResolver,
    ReadingReviewBackend,
    ReviewReading,
    ReadingReviewResolver,
    AgentResults,
    EnergyLinkProof,
    EnergyCustomerEntitlement,
    EnergyService,
    InvoiceFiles,
    SubmitReadings,
    SupplyBackend,
    ContractEnding,
    DeclaredEnding,
    OrderSupply,
    GiveNotice,
    WithdrawContract,
    DeclareCancellation,
    DeclareWithdrawal,
    SupplyResolver,
    DeclarationsResolver,
    ChangeInstalment,
    MoneyBackend,
    DirectDebitMandate,
    PayOpenItems,
    ProductBackend,
    ChangeProduct,
    ProductChangeResolver,
    PaymentResolver,
    ChangeBankAccount,
    BankChangeResolver,
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
    TariffsBackend,
    TariffService,
    TariffsResolver,
    ProductService,
    UpcomingProductResolver,
    PendingEndResolver,
    PendingBankResolver,
    PendingPaymentResolver,
  ],
})
export class EnergyModule {}
