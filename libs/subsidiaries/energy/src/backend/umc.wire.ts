/**
 * Names of SAP Multichannel Foundation for Utilities, verbatim. All that the requests of this lib are made of; the
 * names of single fields stand in the readers.
 */
export const CRM = '/sap/opu/odata/sap/CRM_UTILITIES_UMC';
export const ERP = '/sap/opu/odata/sap/ERP_UTILITIES_UMC';

/** AddressInfo is a complex type inside Premise and comes without being asked for. */
export const CONTRACT_ITEMS = 'ContractItems?$expand=Premise/PointOfDeliveries,Product';

/** By way of the contract accounts, because some systems block the set Contracts. */
export const CONTRACT_ACCOUNTS = 'ContractAccounts?$expand=Contracts/ActiveBudgetBillingPlan/BudgetBillingCycle';

export const INVOICES = 'Invoices';

/** The devices of all contracts; by way of the contract accounts for the same reason. */
export const DEVICES = 'ContractAccounts?$expand=Contracts/Devices';

/** SAP's own app expands reason and category as well; their keys stand on the rows already. */
export const REGISTERS_TO_READ = 'RegistersToRead?$expand=RegisterType';

export const READING_RESULTS = 'MeterReadingResults';

export const READING_NOTES = 'MeterReadingNotes';

/** Code of the single message by which SAP calls a reading implausible. */
export const PLAUSIBILITY_ERROR = 'PLAUSIBILITY_ERROR';

/** A reading of that register and day is there already. */
export const ALREADY_RECEIVED = 'EL/424';
