import { createHash } from 'node:crypto';
import type { EnergyBooks, EnergyContractBook, Household } from '../../../world/household.js';
import { endOf, midnight } from './dates.js';
import { pointOfDeliveryIdOf } from './derived-numbers.js';
import { premiseRows } from './erp-rows.js';
import { addressIdOf, personRows } from './person-rows.js';
import type { Row } from './row.js';
import { saleRows } from './sale-rows.js';
import type { BookedSale } from './supply-entries.js';
import { termsRows } from './terms-rows.js';
import { vacantPoints } from './vacant-points.js';

type Place = Pick<
  EnergyContractBook,
  'contractId' | 'premiseId' | 'premise' | 'marketLocation' | 'division' | 'pointOfDeliveryId'
>;

/** What CRM_UTILITIES_UMC holds about a household, by entity type. */
export function crmRows(
  household: Household,
  energy: EnergyBooks,
  sales: readonly BookedSale[],
): Record<string, readonly Row[]> {
  const taken = new Set(energy.contracts.map(({ pointOfDeliveryId }) => pointOfDeliveryId));
  const vacant = vacantPoints(household).filter(({ pointOfDeliveryId }) => !taken.has(pointOfDeliveryId));
  const places: readonly Place[] = [...energy.contracts, ...vacant.map((point) => ({ ...point, contractId: '' }))];
  const terms = energy.contracts.map(termsRows);
  return {
    ...personRows(household, energy.accountId),
    ContractAttribute: terms.flatMap((rows) => rows['ContractAttribute'] ?? []),
    ContractDate: terms.flatMap((rows) => rows['ContractDate'] ?? []),
    BusinessAgreement: [businessAgreementRow(household, energy)],
    ContractItem: energy.contracts.map((contract) => contractItemRow(contract, energy)),
    Premise: premiseRows(places),
    PointOfDelivery: places.map((place) => ({
      PointOfDeliveryID: place.pointOfDeliveryId ?? pointOfDeliveryIdOf(place.contractId),
      ExternalID: place.marketLocation,
      DivisionID: place.division,
      PremiseID: place.premiseId,
    })),
    ...saleRows(sales),
  };
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
    PointOfDeliveryGUID: contract.pointOfDeliveryId ?? pointOfDeliveryIdOf(contract.contractId),
    PremiseID: contract.premiseId,
    MeterNumber: contract.meterSerialNumber,
  };
}

/** Always the same GUID for the same thing. */
function guidFor(thing: string): string {
  const hex = createHash('sha256').update(thing).digest('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
