import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { LedgerFull } from '../books/ledger.js';
import type { Row } from '../books/row.js';
import { householdWith, Shelf } from '../books/shelf.js';
import { typeNamed } from '../model/service-model.js';
import type { Read } from '../read-resource.js';
import { notFound, notImplemented, SapError, unknownSegment } from '../sap-error.js';
import { namedKeys, type Segment, segmentsOf } from '../uri/addressing.js';
import { changePlan } from './change-plan.js';
import { type Payload, payloadOf } from './payload.js';
import { DEPENDENTS, submitReadings } from './submit-readings.js';

/** A request that changes something, path and query as they were sent. */
export interface Write extends Read {
  readonly method: string;
  readonly contentType: string;
  readonly body: string;
}

/** What a write left: an entity, by its address below the service root and what of it is shown, or nothing to say. */
export type Written =
  { readonly kind: 'created'; readonly path: string; readonly expand: string } | { readonly kind: 'changed' };

const ABAP_METHODS: Readonly<Record<string, string>> = {
  POST: 'CREATE_ENTITY',
  PUT: 'UPDATE_ENTITY',
  MERGE: 'UPDATE_ENTITY',
  PATCH: 'UPDATE_ENTITY',
  DELETE: 'DELETE_ENTITY',
};

/** The only entities that the data provider takes: by set, further navigation, and kind of method. */
const OPERATIONS: Readonly<Record<string, (task: Task) => Written>> = {
  'Devices/MeterReadingResults CREATE_ENTITY': createReadings,
  'BudgetBillingPlans UPDATE_ENTITY': updatePlan,
};

interface Task {
  readonly backend: Backend;
  readonly write: Write;
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Carries a write out; an If-Match does not matter, since no type here has an ETag.
 * @throws SapError as SAP Gateway refuses; then nothing was booked
 */
export function writeResource(backend: Backend, write: Write): Written {
  const segments = segmentsOf(write.path);
  const [first, second, third] = segments as [Segment | undefined, ...Segment[]];
  const type = write.service.sets.get(first?.name ?? '');
  if (first === undefined || type === undefined) throw unknownSegment(first?.name ?? '');
  const method = ABAP_METHODS[write.method] ?? 'EXECUTE_ACTION';
  const path = segments.map(({ name }) => name).join('/');
  const operation = Object.hasOwn(OPERATIONS, `${path} ${method}`) ? OPERATIONS[`${path} ${method}`] : undefined;
  if (operation === undefined || first.keys === null || second?.keys || third !== undefined) {
    throw notImplemented(`${first.name.toUpperCase().slice(0, 16)}_${method}`);
  }
  const keys = namedKeys(type, first.keys);
  try {
    return backend.ledger.atOnce(() => operation({ backend, write, keys }));
  } catch (error) {
    if (!(error instanceof LedgerFull)) throw error;
    throw new SapError(500, '/IWFND/CM_BEC/026', 'Im Backend-System ist eine nicht abgefangene Ausnahme aufgetreten');
  }
}

function createReadings({ backend, write, keys }: Task): Written {
  const { household, shelf } = ownerOf(backend, write, keys);
  const device = rowWith(shelf, 'Device', keys);
  const contract = household?.energy?.contracts.find((one) => one.contractId === device?.['ContractID']);
  if (household === undefined || device === undefined || contract === undefined) throw notFound('Device');
  const meter = { household, contract, deviceId: String(device['DeviceID']), shelf };
  const headId = submitReadings(backend, meter, payload(write, 'MeterReadingResult'));
  return { kind: 'created', path: `MeterReadingResults('${headId}')`, expand: DEPENDENTS };
}

function updatePlan({ backend, write, keys }: Task): Written {
  const { household, shelf } = ownerOf(backend, write, keys);
  const plan = rowWith(shelf, 'BudgetBillingPlan', keys);
  if (household === undefined || plan === undefined) throw notFound('BudgetBillingPlan');
  changePlan(backend, household, plan, payload(write, 'BudgetBillingPlan'));
  return { kind: 'changed' };
}

function payload({ contentType, body, service }: Write, type: string): Payload {
  return payloadOf(contentType, body, typeNamed(service, type), service);
}

function ownerOf(
  backend: Backend,
  { service }: Write,
  keys: ReadonlyMap<string, string>,
): { readonly household: Household | undefined; readonly shelf: Shelf } {
  const [household] = [...keys].flatMap(([name, value]) => householdWith(backend.world, name, value) ?? []);
  const shelf = household ? Shelf.ofHousehold(backend, household, service.name) : Shelf.ofMasterData(backend.world);
  return { household, shelf };
}

function rowWith(shelf: Shelf, type: string, keys: ReadonlyMap<string, string>): Row | undefined {
  return shelf.all(type).find((row) => [...keys].every(([name, value]) => row[name] === value));
}
