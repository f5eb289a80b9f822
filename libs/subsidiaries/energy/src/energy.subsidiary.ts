import type { Subsidiary } from '#lib/subsidiary-kit';
import { ChangeBankAccount } from './commands/change-bank-account.js';
import { ChangeInstalment } from './commands/change-instalment.js';
import { DeclareCancellation, DeclareWithdrawal } from './commands/declare.js';
import { GiveNotice } from './commands/give-notice.js';
import { OrderSupply } from './commands/order-supply.js';
import { WithdrawContract } from './commands/withdraw-contract.js';
import { RecordContact } from './commands/record-contact.js';
import { ReviewReading } from './commands/review-reading.js';
import { ChangeProduct } from './commands/change-product.js';
import { PayOpenItems } from './commands/pay-open-items.js';
import { SubmitReadings } from './commands/submit-readings.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { EnergyLinkProof } from './energy.link-proof.js';
import { EnergyModule } from './energy.module.js';
import { EnergySettings } from './energy.settings.js';
import { bo4eReader, edmxReader, identifiersReader, odataBatchReader, odataReader } from './format-readers.js';
import { bankAccountLabels } from './model/payment/bank-account.js';
import { billingPeriodLabels } from './model/billing/billing-period.js';
import { billedConsumptionLabels, profileDayLabels } from './model/meters/consumption.js';
import { contractAccountLabels, paymentPlanLabels } from './model/billing/contract-account.js';
import { contactRecordLabels } from './model/agents/contact-record.js';
import { energyContractLabels } from './model/contracts/energy-contract.js';
import { foundCustomerLabels } from './model/agents/found-customer.js';
import { instalmentLabels } from './model/billing/instalment.js';
import { invoiceDocumentLabels } from './model/billing/invoice-document.js';
import { invoiceLabels } from './model/billing/invoice.js';
import { keptReadingLabels } from './model/meters/kept-reading.js';
import { meterReadingLabels } from './model/meters/meter-reading.js';
import { contractTermsLabels } from './model/contracts/terms.js';
import { meterLabels } from './model/meters/meter.js';
import { productSliceLabels } from './model/tariffs/product-slice.js';
import { energyScopes } from './partner/partner-scopes.js';

/** Stadtwerke Energie: power, gas, water and district heating, kept in SAP IS-U. */
export const energy: Subsidiary = {
  key: 'ENERGY',
  title: 'Stadtwerke Energie',
  module: EnergyModule,
  settings: EnergySettings,
  readers: [odataReader, odataBatchReader, edmxReader, bo4eReader, identifiersReader],
  linkProof: EnergyLinkProof,
  partnerScopes: energyScopes,
  entitlements: [EnergyCustomerEntitlement],
  commands: [
    SubmitReadings,
    ChangeInstalment,
    ReviewReading,
    RecordContact,
    ChangeBankAccount,
    PayOpenItems,
    ChangeProduct,
    OrderSupply,
    GiveNotice,
    WithdrawContract,
    DeclareCancellation,
    DeclareWithdrawal,
  ],
  labels: {
    EnergyContract: energyContractLabels,
    Instalment: instalmentLabels,
    Invoice: invoiceLabels,
    InvoiceDocument: invoiceDocumentLabels,
    Meter: meterLabels,
    MeterReading: meterReadingLabels,
    KeptReading: keptReadingLabels,
    BilledConsumption: billedConsumptionLabels,
    ProfileDay: profileDayLabels,
    BillingPeriod: billingPeriodLabels,
    ContractTerms: contractTermsLabels,
    ContractAccount: contractAccountLabels,
    PaymentPlan: paymentPlanLabels,
    UpcomingProduct: productSliceLabels,
    BankAccount: bankAccountLabels,
    FoundEnergyCustomer: foundCustomerLabels,
    ContactRecord: contactRecordLabels,
  },
};
