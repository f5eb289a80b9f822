import {
  expandedEntity,
  expandedRows,
  isMarketLocation,
  isMeteringLocation,
  malformed,
  readRows,
  WireObject,
} from '#lib/formats';
import type { Omission } from '#lib/kernel';
import { commodityOf, type Commodity } from '../../model/commodity.js';
import type { SupplyAddress, SupplyPoint } from '../../model/contracts/energy-contract.js';

interface PointOfDelivery {
  readonly id: string;
  readonly division: string;
  readonly externalId: string;
}

/** Reads the `Premise` of a `ContractItem`; null when the item has none or the answer leaves it out. */
export function readSupplyPoint(
  item: WireObject,
  commodity: Commodity,
  omit: (omission: Omission) => void,
): SupplyPoint | null {
  const premise = expandedEntity(item, 'Premise');
  if (premise === null) return null;
  const address = readAddress(premise.object('AddressInfo'));
  if (!hasMarketLocation(commodity)) return { address, marketLocation: null, meteringLocation: null };
  const externalId = pointOf(item, premise, omit)?.externalId;
  return {
    address,
    marketLocation: externalId !== undefined && isMarketLocation(externalId) ? externalId : null,
    meteringLocation: externalId !== undefined && isMeteringLocation(externalId) ? externalId : null,
  };
}

function readAddress(info: WireObject): SupplyAddress {
  const supplement = info.optionalText('HouseSupplement', 10);
  const houseNumber = info.textOrEmpty('HouseNo', 10);
  return {
    street: info.textOrEmpty('Street', 60),
    houseNumber: supplement === null ? houseNumber : `${houseNumber} ${supplement}`.trim(),
    postcode: info.text('PostalCode', 10),
    city: info.text('City', 40),
  };
}

/** A premise has a point per commodity. The item names its own by key; without that the only one of its division. */
function pointOf(
  item: WireObject,
  premise: WireObject,
  omit: (omission: Omission) => void,
): PointOfDelivery | undefined {
  const collection = expandedRows(premise, 'PointOfDeliveries');
  if (collection === null) return undefined;
  const { value, omissions } = readRows(collection.rows, collection.path, readPoint);
  omissions.forEach(omit);
  const key = item.optionalText('PointOfDeliveryGUID', 22);
  const named = value.find(({ id }) => id === key);
  const ofDivision = value.filter(({ division }) => division === item.text('DivisionID', 2));
  return named ?? (ofDivision.length === 1 ? ofDivision[0] : undefined);
}

function readPoint(row: unknown, path: string): PointOfDelivery {
  const point = new WireObject(row, path);
  const division = point.text('DivisionID', 2);
  const externalId = point.textOrEmpty('ExternalID', 50);
  if (hasMarketLocation(commodityOf(division)) && /^\d{11}$/.test(externalId) && !isMarketLocation(externalId)) {
    throw malformed(point.at('ExternalID'), 'has a wrong check digit');
  }
  return { id: point.text('PointOfDeliveryID', 22), division, externalId };
}

function hasMarketLocation(commodity: Commodity): boolean {
  return commodity === 'POWER' || commodity === 'GAS';
}
