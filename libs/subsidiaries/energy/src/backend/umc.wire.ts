/**
 * Names of SAP Multichannel Foundation for Utilities, verbatim. All that the requests of this lib are made of; the
 * names of single fields stand in the readers.
 */
export const CRM = '/sap/opu/odata/sap/CRM_UTILITIES_UMC';
export const ERP = '/sap/opu/odata/sap/ERP_UTILITIES_UMC';

/** AddressInfo is a complex type inside Premise and comes without being asked for. */
export const CONTRACT_ITEMS = 'ContractItems?$expand=Premise/PointOfDeliveries,Product';

/** Newer service packs only. */
export const CONTRACT_TERMS = 'ContractItems?$expand=Attributes,Dates';

/** Names of attributes and dates of a contract: this house's customising. */
export const MINIMUM_TERM = 'MIN_TERM';
export const NOTICE_PERIOD = 'NOTICE_PERIOD';
export const BOUND_UNTIL = 'BOUND_UNTIL';

export const BALANCES = 'ContractAccounts?$expand=ContractAccountBalance';

export const PAYMENT_PLANS = 'ContractAccounts?$expand=Contracts/ActivePaymentPlan/BudgetBillingCycle';

export const BANK_ACCOUNTS = 'BankAccounts?$expand=Bank';

/** A function import; its only parameter is ContractID. */
export const BILLING_PERIOD = 'GetCurrentBillingPeriod';

/** How codes begin by which the Gateway itself refuses an address, before any provider sees it. */
export const NOT_IN_THIS_SERVICE = '005056A509B1';

/** By way of the contract accounts, because some systems block the set Contracts. */
export const CONTRACT_ACCOUNTS = 'ContractAccounts?$expand=Contracts/ActiveBudgetBillingPlan/BudgetBillingCycle';

export const INVOICES = 'Invoices';

/** Below one invoice: the bytes of its media link entry. */
export const INVOICE_PDF = 'InvoicePDF/$value';

/** The devices of all contracts; by way of the contract accounts for the same reason. */
export const DEVICES = 'ContractAccounts?$expand=Contracts/Devices';

/** SAP's own app goes by the set Contracts, which some systems block; nothing is filtered, so that one call does for all. */
export const CONSUMPTION = 'ContractAccounts?$expand=Contracts/ContractConsumptionValues';

/** Profiles of smart meters; every property named in its filter is filterable by SAP's model. */
export const PROFILE_VALUES = 'ProfileValues';

/** SAP's own app expands reason and category as well; their keys stand on the rows already. */
export const REGISTERS_TO_READ = 'RegistersToRead?$expand=RegisterType';

export const READING_RESULTS = 'MeterReadingResults';

export const READING_NOTES = 'MeterReadingNotes';

/** Code of the single message by which SAP calls a reading implausible. */
export const PLAUSIBILITY_ERROR = 'PLAUSIBILITY_ERROR';

/** A reading of that register and day is there already. */
export const ALREADY_RECEIVED = 'EL/424';
