import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { withBookings } from '../books/booked-contracts.js';
import { contractSaleGuidOf } from '../books/derived-numbers.js';
import { LedgerFull } from '../books/ledger.js';
import type { Row } from '../books/row.js';
import { householdWith, Shelf } from '../books/shelf.js';
import { typeNamed } from '../model/service-model.js';
import { functionAt } from '../read-function.js';
import { ownerOf as findOwner, type Read } from '../read-resource.js';
import { notFound, notImplemented, SapError, unknownSegment } from '../sap-error.js';
import { namedKeys, type Segment, segmentsOf } from '../uri/addressing.js';
import { changeAgreement } from './change-agreement.js';
import { createBankAccount, updateBankAccount } from './change-bank-account.js';
import { changePlan } from './change-plan.js';
import { changeReadingStatus } from './change-reading-status.js';
import { createInteraction } from './create-interaction.js';
import { changeProduct } from './change-product.js';
import { moveOut } from './move-out.js';
import { ITEMS, payInvoices } from './pay-invoices.js';
import { type Payload, payloadOf } from './payload.js';
import { sellContract } from './sell-contract.js';
import { DEPENDENTS, submitReadings } from './submit-readings.js';

/** A request that changes something, path and query as they were sent. */
export interface Write extends Read {
  readonly method: string;
  readonly contentType: string;
  readonly body: string;
}

/** What a write left: an entity, by its address below the service root and what of it is shown, or nothing to say. */
export type Written =
  | { readonly kind: 'created'; readonly path: string; readonly expand: string }
  /** What a function import gives back: an entity by its address. */
  | { readonly kind: 'called'; readonly path: string }
  | { readonly kind: 'changed' };

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
  'MeterReadingResults UPDATE_ENTITY': updateReading,
  'InteractionRecords CREATE_ENTITY': insertInteraction,
  'ContractSales CREATE_ENTITY': createSale,
  'BankAccounts CREATE_ENTITY': insertBankAccount,
  'BankAccounts UPDATE_ENTITY': replaceBankAccount,
  'BusinessAgreements UPDATE_ENTITY': updateAgreement,
  'PaymentDocuments CREATE_ENTITY': insertPayment,
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
  if (functionAt(write.service, write.path)?.name === 'MoveOut' && write.method === 'POST')
    return endContract(backend, write);
  if (functionAt(write.service, write.path)?.name === 'ChangeProduct' && write.method === 'POST')
    return changeContract(backend, write);
  const segments = segmentsOf(write.path);
  const [first, second, third] = segments as [Segment | undefined, ...Segment[]];
  const type = write.service.sets.get(first?.name ?? '');
  if (first === undefined || type === undefined) throw unknownSegment(first?.name ?? '');
  const method = ABAP_METHODS[write.method] ?? 'EXECUTE_ACTION';
  const path = segments.map(({ name }) => name).join('/');
  const operation = Object.hasOwn(OPERATIONS, `${path} ${method}`) ? OPERATIONS[`${path} ${method}`] : undefined;
  const isInsert = second === undefined && method === 'CREATE_ENTITY';
  if (operation === undefined || (first.keys === null) !== isInsert || second?.keys || third !== undefined) {
    throw notImplemented(`${first.name.toUpperCase().slice(0, 16)}_${method}`);
  }
  const keys = first.keys === null ? new Map<string, string>() : namedKeys(type, first.keys);
  return bookedAtOnce(backend, () => operation({ backend, write, keys }));
}

function endContract(backend: Backend, write: Write): Written {
  const contractId = bookedAtOnce(backend, () => moveOut(backend, findOwner(backend.world, write), write.query));
  return { kind: 'called', path: `ContractItems('${contractId}')` };
}

function changeContract(backend: Backend, write: Write): Written {
  const contractId = bookedAtOnce(backend, () => changeProduct(backend, findOwner(backend.world, write), write.query));
  return { kind: 'called', path: `ContractItems('${contractId}')` };
}

/** Head, proposal, detail and readings in one request; what becomes of it stands on the new contract. */
function createSale({ backend, write }: Task): Written {
  const sale = payload(write, 'ContractSale');
  const account = String(sale.values.get('AccountID') ?? '');
  const shelf = Shelf.ofMasterData(backend.world);
  const contractId = sellContract(backend, shelf, householdWith(backend.world, 'AccountID', account), sale);
  return { kind: 'created', path: `ContractSales(guid'${contractSaleGuidOf(contractId)}')`, expand: 'SaleDetails' };
}

function bookedAtOnce<T>(backend: Backend, work: () => T): T {
  try {
    return backend.ledger.atOnce(work);
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

function insertInteraction({ backend, write }: Task): Written {
  const contact = payload(write, 'InteractionRecord');
  const household = householdWith(backend.world, 'AccountID', String(contact.values.get('AccountID') ?? ''));
  const recordId = createInteraction(backend, household, Shelf.ofMasterData(backend.world), contact);
  return { kind: 'created', path: `InteractionRecords('${recordId}')`, expand: 'Channel' };
}

function updateReading({ backend, write, keys }: Task): Written {
  const { household, shelf } = ownerOf(backend, write, keys);
  const reading = rowWith(shelf, 'MeterReadingResult', keys);
  if (household === undefined || reading === undefined) throw notFound('MeterReadingResult');
  changeReadingStatus(backend, household, reading, payload(write, 'MeterReadingResult'));
  return { kind: 'changed' };
}

function insertBankAccount({ backend, write }: Task): Written {
  const sent = payload(write, 'BankAccount');
  const { household, shelf, accountId } = partnerIn(sent, backend, write);
  const number = createBankAccount(backend, household, shelf, sent);
  return { kind: 'created', path: `BankAccounts(AccountID='${accountId}',BankAccountID='${number}')`, expand: '' };
}

function replaceBankAccount({ backend, write, keys }: Task): Written {
  const { household, shelf } = ownerOf(backend, write, keys);
  const held = rowWith(shelf, 'BankAccount', keys);
  if (household === undefined || held === undefined) throw notFound('BankAccount');
  updateBankAccount(backend, household, held, payload(write, 'BankAccount'));
  return { kind: 'changed' };
}

function updateAgreement({ backend, write, keys }: Task): Written {
  const { household, shelf } = ownerOf(backend, write, keys);
  const agreement = rowWith(shelf, 'BusinessAgreement', keys);
  if (household === undefined || agreement === undefined) throw notFound('BusinessAgreement');
  const type = typeNamed(write.service, 'BusinessAgreement');
  const change = { payload: payload(write, type.name), isWhole: write.method === 'PUT' };
  changeAgreement(backend, { household, shelf, type }, agreement, change);
  return { kind: 'changed' };
}

function insertPayment({ backend, write }: Task): Written {
  const sent = payload(write, 'PaymentDocument');
  const { household, shelf } = partnerIn(sent, backend, write);
  const id = payInvoices(backend, household, shelf, sent);
  return { kind: 'created', path: `PaymentDocuments('${id}')`, expand: ITEMS };
}

/** The business partner whom the body of an insert names. @throws SapError for nobody */
function partnerIn({ values }: Payload, backend: Backend, { service }: Write) {
  const accountId = String(values.get('AccountID') ?? '');
  const household = householdWith(backend.world, 'AccountID', accountId);
  if (household === undefined) throw notFound('Account');
  return { accountId, household, shelf: Shelf.ofHousehold(backend, household, service.name) };
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
  return { household: household && withBookings(household, backend), shelf };
}

function rowWith(shelf: Shelf, type: string, keys: ReadonlyMap<string, string>): Row | undefined {
  return shelf.all(type).find((row) => [...keys].every(([name, value]) => row[name] === value));
}
