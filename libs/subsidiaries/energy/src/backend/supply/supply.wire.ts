/** Names of SAP Multichannel Foundation for Utilities about beginnings and ends of contracts, verbatim. */

/** Contracts with terms and dates: newer service packs only. */
export const CONTRACTS_WITH_TERMS = 'ContractItems?$expand=Premise/PointOfDeliveries,Product,Attributes,Dates';

/** What follows a single contract's key. */
export const WITH_TERMS = '$expand=Premise/PointOfDeliveries,Product,Attributes,Dates';

/** The same for older service packs. */
export const WITHOUT_TERMS = '$expand=Premise/PointOfDeliveries,Product';

/** The day of a contract's conclusion among its dates: this house's customising. */
export const SIGNED = 'SIGNED';

export const POINTS_OF_DELIVERY = 'PointOfDeliveries';
export const PRODUCTS = 'Products';
export const ACCOUNTS = 'Accounts';
export const CONTRACT_SALES = 'ContractSales';

/** Function imports. The first reads, its only parameter is ContractID; the second changes and is called by POST. */
export const CHECK_MOVE_OUT = 'CheckMoveOut';
export const MOVE_OUT = 'MoveOut';

/** No entity with that key. */
export const NO_SUCH_ENTITY = '/IWBEP/CM_MGW_RT/020';
