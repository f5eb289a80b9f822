import type { Household } from '../../../world/household.js';
import { PREMISES } from '../../../world/number-series.js';
import type { World } from '../../../world/world.js';
import type { Navigation } from '../model/service-model.js';
import type { Backend } from './backend.js';
import { withBookings } from './booked-contracts.js';
import { crmRows } from './crm-rows.js';
import { contractIdIn, householdOfInteraction } from './derived-numbers.js';
import { erpRows } from './erp-rows.js';
import { interactionRows } from './interaction-rows.js';
import { joinedRows, lazyRows, type RowsByType } from './lazy-rows.js';
import { MASTER_DATA } from './master-data.js';
import { moneyRows, withPayments } from './money-rows.js';
import { productRows } from './products-for-sale.js';
import { timeSliceRows, withProducts } from './product-changes.js';
import type { Row } from './row.js';
import { begun, householdOfContract, householdOfPoint } from './supply-owner.js';

/** Types that the catalogue of products fills. */
const CATALOGUE_TYPES = ['Product', 'ProductAttribute', 'ProductDiscount', 'ProductPrice'];

/** All rows that one read can reach: the customising and, where it concerns somebody, one household's rows. */
export class Shelf {
  private constructor(private readonly rows: Readonly<Record<string, readonly Row[]>>) {}

  static ofMasterData(world: World): Shelf {
    return new Shelf(joinedRows(MASTER_DATA, catalogue(world.today())));
  }

  /** @param service name of the service whose books are opened */
  static ofHousehold(backend: Backend, household: Household, service: string): Shelf {
    const { world, ledger } = backend;
    const booked = withBookings(withPayments(household, ledger, world.today()), backend);
    const { energy } = withProducts(booked, ledger, world.today());
    if (energy === null) return Shelf.ofMasterData(world);
    const today = world.today();
    const rows = service.startsWith('ERP')
      ? erpRows(household, { ...energy, contracts: begun(energy.contracts, today) }, today, ledger)
      : {
          ...crmRows(
            household,
            energy,
            ledger.sales((sale) => sale.household === household.number),
          ),
          ContractItemTimeSlice: timeSliceRows(energy, ledger),
          InteractionRecord: interactionRows(household, energy, ledger.interactionsOf(energy.accountId)),
        };
    return new Shelf(
      joinedRows(MASTER_DATA, catalogue(today), rows, moneyRows(rows, { household, energy, ledger, today })),
    );
  }

  /** The rows of several households side by side, as a search finds them. */
  static ofHouseholds(backend: Backend, households: readonly Household[], service: string): Shelf {
    const shelves = households.map((household) => Shelf.ofHousehold(backend, household, service));
    const types = new Set(shelves.flatMap((shelf) => Object.keys(shelf.rows)));
    const own = [...types].filter((type) => !isPublic(type));
    const tables = own.map((type) => lazyRows([type], () => ({ [type]: shelves.flatMap((shelf) => shelf.all(type)) })));
    return new Shelf(joinedRows(MASTER_DATA, ...tables));
  }

  all(type: string): readonly Row[] {
    return Object.hasOwn(this.rows, type) ? (this.rows[type] ?? []) : [];
  }

  /** The rows to which a navigation leads; none where the row's own value is empty. */
  related(row: Row, { to, join: [from, there] }: Navigation): readonly Row[] {
    const value = row[from];
    return value === undefined || value === '' ? [] : this.all(to).filter((target) => target[there] === value);
  }
}

/** Whether rows of that type are the same for everybody, so that they are read without naming a customer. */
export function isPublic(type: string): boolean {
  return CATALOGUE_TYPES.includes(type) || Object.hasOwn(MASTER_DATA, type);
}

/** Properties whose value leads to one household. */
const CUSTOMER_KEYS: ReadonlySet<string> = new Set([
  'AccountID',
  'ContractAccountID',
  'BusinessAgreementID',
  'ContractID',
  'PremiseID',
  'DeviceID',
  'SerialNumber',
  'PointOfDeliveryID',
  'MeterReadingResultID',
  'InvoiceID',
  'PaymentDocumentID',
  'ExternalID',
  'ContractHeaderGUID',
  'InteractionRecordID',
]);

export function isCustomerKey(property: string): boolean {
  return CUSTOMER_KEYS.has(property);
}

/** The household to which a key value belongs; undefined when the value is nobody's or the property no such key. */
export function householdWith(world: World, property: string, value: string): Household | undefined {
  if (property === 'AccountID') return world.byEnergyAccount(value);
  if (property === 'ContractAccountID' || property === 'BusinessAgreementID') {
    return world.byEnergyContractAccount(value);
  }
  if (property === 'PaymentDocumentID') return world.byEnergyContractAccount(value.slice(0, 12));
  if (property === 'PremiseID') return householdAtPremise(world, value);
  if (property === 'ExternalID') return householdOfPoint(world, value);
  if (property === 'SerialNumber') return world.byMeter(value);
  if (property === 'InteractionRecordID') return world.household(householdOfInteraction(value) ?? 0);
  const contractId = property === 'ContractID' ? value : contractIdIn(property, value);
  return contractId === undefined ? undefined : householdOfContract(world, contractId);
}

function householdAtPremise(world: World, premiseId: string): Household | undefined {
  const number = PREMISES.householdOf(premiseId);
  const household = number === undefined ? undefined : world.household(number);
  return household?.energy?.contracts.some((contract) => contract.premiseId === premiseId) ? household : undefined;
}

function catalogue(today: string): RowsByType {
  return lazyRows(CATALOGUE_TYPES, () => productRows(today));
}
