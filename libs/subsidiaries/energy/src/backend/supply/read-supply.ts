import { endDayField, expandedRows, malformed, WireObject } from '#lib/formats';
import type { CalendarDate, Omission } from '#lib/kernel';
import { commodityOf } from '../../model/commodity.js';
import type { SupplyContract } from '../../model/supply/supply-contract.js';
import type { OrderableProduct, PlaceOfSupply } from '../../model/supply/supply-order.js';
import { readContract } from '../contracts/read-contract.js';
import { readTerms } from '../contracts/read-terms.js';
import { CHECK_MOVE_OUT, SIGNED } from './supply.wire.js';
import { numberField } from '../sap/umc-fields.js';

/** Reads a `ContractItem` with premise, attributes and dates. @throws AppError UPSTREAM_MALFORMED */
export function readSupplyContract(
  row: unknown,
  path: string,
  account: string,
  omit: (omission: Omission) => void,
): SupplyContract {
  const item = new WireObject(row, path);
  const contract = readContract(row, path, account, omit);
  const hasTerms = expandedRows(item, 'Attributes') !== null;
  return {
    contractNumber: contract.number,
    account: numberField(item, 'AccountID', 10),
    contractAccount: contract.contractAccount,
    commodity: contract.commodity,
    from: contract.from,
    until: contract.until,
    terms: hasTerms ? readTerms(row, path, account) : null,
    signedOn: signedOn(item),
    marketLocation: contract.supplyPoint?.marketLocation ?? null,
  };
}

/** The business partner of a single `ContractItem`. @throws AppError UPSTREAM_MALFORMED */
export function readAccountOf(document: unknown): string {
  return numberField(new WireObject(document, '').object('d'), 'AccountID', 10);
}

/** First and last name of an `Account`, or the name of a firm. @throws AppError UPSTREAM_MALFORMED */
export function readNames(document: unknown): readonly string[] {
  const account = new WireObject(document, '').object('d');
  const person = [account.optionalText('FirstName', 40), account.optionalText('LastName', 40)];
  const names = person.every((name) => name !== null) ? person : [account.optionalText('FullName', 80)];
  return names.flatMap((name) => name ?? []);
}

/** Reads a `PointOfDelivery`. @throws AppError UPSTREAM_MALFORMED */
export function readPlace(row: unknown, path: string): PlaceOfSupply {
  const point = new WireObject(row, path);
  const division = point.text('DivisionID', 2);
  return { pointOfDelivery: point.text('PointOfDeliveryID', 22), commodity: commodityOf(division), division };
}

/** Reads a `Product`. @throws AppError UPSTREAM_MALFORMED */
export function readOrderable(document: unknown): OrderableProduct {
  const product = new WireObject(document, '').object('d');
  return { productId: product.text('ProductID', 54), division: product.text('DivisionID', 2) };
}

/** Whether SAP would end the contract at all. @throws AppError UPSTREAM_MALFORMED */
export function readCheck(document: unknown): boolean {
  return new WireObject(document, '').object('d').object(CHECK_MOVE_OUT).boolean('Result');
}

function signedOn(item: WireObject): CalendarDate | null {
  const dates = expandedRows(item, 'Dates');
  const rows = (dates?.rows ?? []).map((row, index) => new WireObject(row, `${dates?.path}[${index}]`));
  const found = rows.filter((row) => row.text('DateID', 30) === SIGNED);
  if (found.length > 1) throw malformed(item.at('Dates'), 'says twice when it was signed');
  return found[0] === undefined ? null : endDayField(found[0], 'DateValue');
}
