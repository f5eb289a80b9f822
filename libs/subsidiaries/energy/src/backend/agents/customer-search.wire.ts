/** Names of the search for business partners, verbatim. */

/** A function import of CRM; the address is a navigation of the accounts that it returns. */
export const GET_ACCOUNTS = 'GetAccounts';
export const WITH_ADDRESS = '$expand=StandardAccountAddress';

export const ACCOUNT_ID = 'AccountID';
/** The contract account's number: the two are one object, replicated. */
export const BUSINESS_AGREEMENT_ID = 'BusinessAgreementID';
export const LAST_NAME = 'LastName';
export const FIRST_NAME = 'FirstName';
export const STREET = 'Street';
export const POSTAL_CODE = 'PostalCode';

export const CONTRACT_ITEMS = 'ContractItems';
export const DEVICES = 'Devices';
export const SERIAL_NUMBER = 'SerialNumber';

/** The Gateway's code for a key that nobody has. */
export const NOT_FOUND = '/IWBEP/CM_MGW_RT/020';
