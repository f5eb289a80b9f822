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
