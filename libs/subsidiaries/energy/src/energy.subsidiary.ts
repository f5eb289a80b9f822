import type { Subsidiary } from '#lib/subsidiary-kit';
import { ChangeInstalment } from './commands/change-instalment.js';
import { SubmitReadings } from './commands/submit-readings.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { EnergyLinkProof } from './energy.link-proof.js';
import { EnergyModule } from './energy.module.js';
import { EnergySettings } from './energy.settings.js';
import { bo4eReader, edmxReader, identifiersReader, odataBatchReader, odataReader } from './format-readers.js';
import { bankAccountLabels } from './model/bank-account.js';
import { billingPeriodLabels } from './model/billing-period.js';
import { billedConsumptionLabels, profileDayLabels } from './model/consumption.js';
import { contractAccountLabels, paymentPlanLabels } from './model/contract-account.js';
import { energyContractLabels } from './model/energy-contract.js';
import { instalmentLabels } from './model/instalment.js';
import { invoiceDocumentLabels } from './model/invoice-document.js';
import { invoiceLabels } from './model/invoice.js';
import { keptReadingLabels } from './model/kept-reading.js';
import { meterReadingLabels } from './model/meter-reading.js';
import { contractTermsLabels } from './model/terms.js';
import { meterLabels } from './model/meter.js';

/** Stadtwerke Energie: power, gas, water and district heating, kept in SAP IS-U. */
export const energy: Subsidiary = {
  key: 'ENERGY',
  title: 'Stadtwerke Energie',
  module: EnergyModule,
  settings: EnergySettings,
  readers: [odataReader, odataBatchReader, edmxReader, bo4eReader, identifiersReader],
  linkProof: EnergyLinkProof,
  entitlements: [EnergyCustomerEntitlement],
  commands: [SubmitReadings, ChangeInstalment],
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
    BankAccount: bankAccountLabels,
  },
};
