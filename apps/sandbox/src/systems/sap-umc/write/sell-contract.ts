import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { nextContract, pointWith, withBookings } from '../books/booked-contracts.js';
import { addDays } from '../../../world/dates.js';
import type { VacantPoint } from '../books/vacant-points.js';
import type { Shelf } from '../books/shelf.js';
import { badRequest, businessError, notImplemented } from '../sap-error.js';
import type { Payload } from './payload.js';

const MOVE_IN_READING = '06';
const BY_CUSTOMER = '02';
const LATEST_RETROACTIVE_DAYS = 42;
const LONGEST_AHEAD_DAYS = 366;

/** Product by division: which property of the proposal names it. */
const PRODUCT_OF = { '01': 'ElecProductID', '02': 'GasProductID' } as const;

/**
 * Books a new contract for one place: head, proposal, one detail, readings at the beginning.
 * @returns the number of the new contract
 * @throws SapError 400 with SAP's reason
 */
export function sellContract(backend: Backend, shelf: Shelf, household: Household | undefined, sale: Payload): string {
  const { world, ledger } = backend;
  if (household?.energy === undefined || household.energy === null) {
    throw mandatory('AccountID');
  }
  if (sale.values.get('CheckModeOnly') === true) throw notImplemented('CONTRACTSALES_CHECK_MODE');
  const [detail, ...more] = sale.inside.get('SaleDetails') ?? [];
  if (detail === undefined || more.length > 0) throw badRequest("Property 'SaleDetails' hat einen ungültigen Wert");
  const { energy } = household;
  if (detail.values.get('BusinessAgreementID') !== energy.contractAccountId) {
    throw refused('EL/209', 'Geschäftsvereinbarung kann nicht verarbeitet werden');
  }
  const point = pointWith(world, text(detail, 'PointOfDeliveryGUID'));
  if (point === undefined || point.division !== text(detail, 'DivisionID')) {
    throw refused('EL/209', 'Zählpunkt kann nicht verarbeitet werden');
  }
  if (isTaken(backend, point)) throw refused('EL/573', `Zählpunkt ${point.marketLocation} wird bereits beliefert`);
  const from = text(sale, 'ContractStartDate').slice(0, 10);
  refuseDay(from, world.today(), point.division);
  const product = productOf(shelf, sale, point.division);
  const contractId = nextContract(withBookings(household, backend));
  if (contractId === undefined) throw refused('EL/209', 'Vertragskonto kann keinen weiteren Vertrag aufnehmen');
  ledger.book({
    kind: 'contract-sale',
    household: household.number,
    accountId: energy.accountId,
    contractId,
    contractAccountId: energy.contractAccountId,
    division: point.division,
    productId: product.id,
    productName: product.name,
    pointOfDeliveryId: point.pointOfDeliveryId,
    from,
    readings: readingsOf(detail, point),
    at: world.now(),
  });
  return contractId;
}

function isTaken(backend: Backend, { pointOfDeliveryId }: VacantPoint): boolean {
  const sales = backend.ledger.sales((sale) => sale.pointOfDeliveryId === pointOfDeliveryId);
  return sales.some(({ contractId }) => backend.ledger.moveOutOf(contractId) === undefined);
}

function refuseDay(from: string, today: string, division: '01' | '02'): void {
  const earliest = division === '01' ? addDays(today, 1) : addDays(today, -LATEST_RETROACTIVE_DAYS);
  if (from >= earliest && from <= addDays(today, LONGEST_AHEAD_DAYS)) return;
  throw refused('EL/422', `Einzug zum ${from} ist nicht möglich`);
}

function productOf(shelf: Shelf, sale: Payload, division: '01' | '02'): { id: string; name: string } {
  const [proposal] = sale.inside.get('ProductProposalResult') ?? [];
  const id = proposal === undefined ? '' : text(proposal, PRODUCT_OF[division]);
  const product = shelf.all('Product').find((row) => row['ProductID'] === id && row['DivisionID'] === division);
  if (product === undefined) throw refused('CRM_IU_UMC_ODATA/081', 'Produkt fehlt oder passt nicht zur Sparte');
  return { id, name: String(product['Description']) };
}

function readingsOf(detail: Payload, { meterSerialNumber }: VacantPoint): readonly string[] {
  return (detail.inside.get('MeterReadings') ?? []).map((reading) => {
    if (text(reading, 'SerialNumber') !== meterSerialNumber) throw refused('EL/355', 'Gerät passt nicht zum Zählpunkt');
    const isOfMoveIn = text(reading, 'MeterReadingReasonID') === MOVE_IN_READING;
    if (!isOfMoveIn || text(reading, 'MeterReadingCategoryID') !== BY_CUSTOMER) {
      throw refused('EL/355', 'Ablesegrund passt nicht zum Einzug');
    }
    return `${text(reading, 'RegisterID')} ${text(reading, 'ReadingResult')}`;
  });
}

function text({ values }: Payload, name: string): string {
  const value = values.get(name);
  if (typeof value !== 'string' || value === '') throw mandatory(name);
  return value;
}

function mandatory(name: string) {
  return refused('CRM_IU_UMC_ODATA/081', `Pflichtfeld ${name} fehlt`);
}

function refused(code: string, message: string) {
  return businessError([{ code, message }]);
}
