/**
 * Names of CRM_UTILITIES_UMC and of this house's customising that are about products for sale, verbatim. SAP delivers
 * the entities; which attributes, operands and discounts there are is customising.
 */

/** One division at a time: it is the same for everyone, and where and for whom a product is sold stands on it. */
export const PRODUCTS = 'Products?$expand=Attributes,Discounts,Prices';

/** Attributes of a product; MIN_TERM and NOTICE_PERIOD as on contracts. */
export const PRICE_GUARANTEE = 'PRICE_GUARANTEE';
/** Postcodes, separated by blanks. */
export const SUPPLY_AREA = 'SUPPLY_AREA';
/** Percent. */
export const VAT_RATE = 'VAT_RATE';

/** Operands of the prices: per year, and per unit by register. */
export const BASE_PRICE = 'GRUNDPREIS';
export const SINGLE_RATE = 'AP_ET';
export const HIGH_RATE = 'AP_HT';
export const LOW_RATE = 'AP_NT';

/** What a discount is for, and how it is given: an amount, or something that is no bonus. */
export const FOR_NEW_CUSTOMERS = 'NEUKUNDE';
export const AT_ONCE = 'SOFORT';
export const AS_AMOUNT = 'BETRAG';
