import type { Household } from '../../../world/household.js';
import { PREMISES } from '../../../world/number-series.js';
import type { World } from '../../../world/world.js';
import type { Navigation } from '../model/service-model.js';
import type { Backend } from './backend.js';
import { crmRows, productRows } from './crm-rows.js';
import { contractIdIn } from './derived-numbers.js';
import { erpRows } from './erp-rows.js';
import { joinedRows } from './lazy-rows.js';
import { MASTER_DATA } from './master-data.js';
import type { Row } from './row.js';

/** The catalogue of products is what these first households buy. */
const CATALOGUE_HOUSEHOLDS = 60;

/** All rows that one read can reach: the customising and, where it concerns somebody, one household's rows. */
export class Shelf {
  private constructor(private readonly rows: Readonly<Record<string, readonly Row[]>>) {}

  static ofMasterData(world: World): Shelf {
    return new Shelf({
      ...MASTER_DATA,
      get Product() {
        return catalogue(world);
      },
    });
  }

  /** @param service name of the service whose books are opened */
  static ofHousehold({ world, ledger }: Backend, household: Household, service: string): Shelf {
    const { energy } = household;
    if (energy === null) return Shelf.ofMasterData(world);
    const today = world.today();
    const rows = service.startsWith('ERP') ? erpRows(household, energy, today, ledger) : crmRows(household, energy);
    return new Shelf(joinedRows(MASTER_DATA, rows));
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
  return type === 'Product' || Object.hasOwn(MASTER_DATA, type);
}

/** Properties whose value leads to one household. */
const CUSTOMER_KEYS: ReadonlySet<string> = new Set([
  'AccountID',
  'ContractAccountID',
  'BusinessAgreementID',
  'ContractID',
  'PremiseID',
  'DeviceID',
  'PointOfDeliveryID',
  'MeterReadingResultID',
  'InvoiceID',
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
  if (property === 'PremiseID') return householdAtPremise(world, value);
  const contractId = property === 'ContractID' ? value : contractIdIn(property, value);
  return contractId === undefined ? undefined : world.byEnergyContract(contractId);
}

function householdAtPremise(world: World, premiseId: string): Household | undefined {
  const number = PREMISES.householdOf(premiseId);
  const household = number === undefined ? undefined : world.household(number);
  return household?.energy?.contracts.some((contract) => contract.premiseId === premiseId) ? household : undefined;
}

function catalogue(world: World): Row[] {
  const households = Array.from({ length: CATALOGUE_HOUSEHOLDS }, (_, index) => world.household(index + 1));
  return productRows(households.flatMap((household) => household?.energy?.contracts ?? []));
}
