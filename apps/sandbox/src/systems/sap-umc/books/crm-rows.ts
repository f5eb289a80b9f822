import { createHash } from 'node:crypto';
import type { EnergyBooks, EnergyContractBook, Household } from '../../../world/household.js';
import { endOf, midnight } from './dates.js';
import { pointOfDeliveryIdOf } from './derived-numbers.js';
import { premiseRows } from './erp-rows.js';
import { addressIdOf, personRows } from './person-rows.js';
import type { Row } from './row.js';
import { termsRows } from './terms-rows.js';

/** What CRM_UTILITIES_UMC holds about a household, by entity type. */
export function crmRows(household: Household, energy: EnergyBooks): Record<string, readonly Row[]> {
  const terms = energy.contracts.map(termsRows);
  return {
    ...personRows(household, energy.accountId),
    ContractAttribute: terms.flatMap((rows) => rows['ContractAttribute'] ?? []),
    ContractDate: terms.flatMap((rows) => rows['ContractDate'] ?? []),
    BusinessAgreement: [businessAgreementRow(household, energy)],
    ContractItem: energy.contracts.map((contract) => contractItemRow(contract, energy)),
    Product: productRows(energy.contracts),
    Premise: premiseRows(energy.contracts),
    PointOfDelivery: energy.contracts.map((contract) => ({
      PointOfDeliveryID: pointOfDeliveryIdOf(contract.contractId),
      ExternalID: contract.marketLocation,
      DivisionID: contract.division,
      PremiseID: contract.premiseId,
    })),
  };
}

/** Each product once. Numbers of persons and consumption are unset: zeros in text fields. */
export function productRows(contracts: readonly EnergyContractBook[]): Row[] {
  const byId = new Map(contracts.map((contract) => [contract.productId, contract]));
  return [...byId].map(([productId, { productName, division }]) => ({
    ProductID: productId,
    Description: productName,
    DivisionID: division,
    PremiseTypeID: '0002',
    PersonsMin: '000000',
    PersonsMax: '000000',
    ConsumptionMin: '000000',
    ConsumptionMax: '000000',
  }));
}

function businessAgreementRow({ number, address }: Household, { accountId, contractAccountId }: EnergyBooks): Row {
  return {
    BusinessAgreementID: contractAccountId,
    AccountID: accountId,
    Description: `${address.street} ${address.houseNumber}`,
    BillToAccountID: accountId,
    AccountAddressID: addressIdOf(number),
    BillToAccountAddressID: addressIdOf(number),
    CountryID: 'DE',
    Language: 'DE',
    BudgetBillingProcedure: '1',
  };
}

function contractItemRow(contract: EnergyContractBook, { accountId, contractAccountId }: EnergyBooks): Row {
  return {
    ContractID: contract.contractId,
    Description: contract.productName,
    ContractItemGUID: guidFor(`item ${contract.contractId}`),
    ContractHeaderGUID: guidFor(`header ${contract.contractId}`),
    ContractStartDate: midnight(contract.from),
    ContractEndDate: endOf(contract.until),
    AccountID: accountId,
    BusinessAgreementID: contractAccountId,
    ProductID: contract.productId,
    DivisionID: contract.division,
    PointOfDeliveryGUID: pointOfDeliveryIdOf(contract.contractId),
    PremiseID: contract.premiseId,
    MeterNumber: contract.meterSerialNumber,
  };
}

/** Always the same GUID for the same thing. */
function guidFor(thing: string): string {
  const hex = createHash('sha256').update(thing).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
