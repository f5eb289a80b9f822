import { addDays } from '../../../world/dates.js';
import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { withBookings } from '../books/booked-contracts.js';
import { withProducts } from '../books/product-changes.js';
import { Shelf } from '../books/shelf.js';
import { literalIn } from '../function-literals.js';
import { badRequest, businessError } from '../sap-error.js';

const LONGEST_AHEAD_DAYS = 11 * 366;

/**
 * Gives a contract another product from a day on: not before the contract's binding is over, and one change at a time.
 * @returns the contract's number
 * @throws SapError 400
 */
export function changeProduct(backend: Backend, household: Household | undefined, query: string): string {
  const { world, ledger } = backend;
  const today = world.today();
  const contractId = literalIn(query, 'ContractID', 'string');
  const day = literalIn(query, 'ChangeProductDate', 'datetime')?.slice(0, 10);
  const productId = literalIn(query, 'NewProductID', 'string');
  if (contractId === undefined || day === undefined || productId === undefined) {
    throw badRequest("Funktion 'ChangeProduct': Parameter fehlt oder ist ungültig");
  }
  const known = household && withProducts(withBookings(household, backend), ledger, today);
  const contract = known?.energy?.contracts.find((one) => one.contractId === contractId);
  if (!known?.energy || contract === undefined || (contract.until !== null && contract.until !== '9999-12-31')) {
    throw refused('EL/209', `Vertrag ${contractId} kann nicht verarbeitet werden`);
  }
  const shelf = Shelf.ofHousehold(backend, known, 'CRM_UTILITIES_UMC');
  const product = shelf.all('Product').find((row) => row['ProductID'] === productId);
  if (product?.['DivisionID'] !== contract.division || productId === contract.productId) {
    throw refused('CRM_IU_UMC_ODATA/081', `Produkt ${productId} fehlt oder passt nicht zum Vertrag`);
  }
  if (ledger.productChangesOf(contractId).some(({ from }) => from > today)) {
    throw refused('CRM_IU_UMC_ODATA/022', `Für Vertrag ${contractId} ist bereits ein Produktwechsel vorgemerkt`);
  }
  if (day <= boundUntil(shelf, contractId, today) || day > addDays(today, LONGEST_AHEAD_DAYS)) {
    throw refused('EL/422', `Produktwechsel zum ${day} ist für Vertrag ${contractId} nicht möglich`);
  }
  ledger.book({
    kind: 'product-change',
    household: known.number,
    accountId: known.energy.accountId,
    contractId,
    productId,
    productName: String(product['Description']),
    formerProductId: contract.productId,
    from: day,
    at: world.now(),
  });
  return contractId;
}

/** The last day on which the contract binds, and at least today. */
function boundUntil(shelf: Shelf, contractId: string, today: string): string {
  const row = shelf
    .all('ContractDate')
    .find((one) => one['ContractID'] === contractId && one['DateID'] === 'BOUND_UNTIL');
  const bound = String(row?.['DateValue'] ?? '').slice(0, 10);
  return bound > today ? bound : today;
}

function refused(code: string, message: string): Error {
  return businessError([{ code, message }]);
}
