import type { Household } from '../../world/household.js';
import type { World } from '../../world/world.js';
import { accountsOf, type Ledger } from './ledger.js';
import type { TillRequest } from './read-request.js';
import { illegal } from './return-code.js';

/** One row of the till's client table: a person and one smart card. Two cards make two rows of the same Id. */
export interface TillClient {
  readonly id: number;
  readonly household: Household;
  /** Null: no card. */
  readonly uid: string | null;
  readonly balanceCents: number;
  /** Milliseconds since 1970. */
  readonly lastUpdate: number;
}

/** Without a filter the till lists these households only; each of the others is found by id or card. */
const LISTED_HOUSEHOLDS = 200;
const DAY = 86_400_000;

/** The household a call is about, when it asks for one. */
export function householdOf(world: World, { extra }: TillRequest): Household | undefined {
  const id = extra.get('id');
  if (id !== undefined) return isLong(id) ? world.byTillClient(Number(id)) : undefined;
  const uid = extra.get('smartcard_uid');
  return uid === undefined ? undefined : world.byCardUid(uid.toUpperCase());
}

/**
 * The rows GetClientsEx answers with. `id` and `smartcard_uid` switch `ModifiedSince` off.
 * @throws Refused for a value in `Extra` or `ModifiedSince` that is not what its key asks for
 */
export function findClients(world: World, ledger: Ledger, request: TillRequest): readonly TillClient[] {
  const { extra } = request;
  const id = extra.get('id');
  const uid = extra.get('smartcard_uid')?.toUpperCase();
  if (id !== undefined && !isLong(id)) throw illegal('id');
  if (!['1', '0', '-1'].includes(extra.get('is_active') ?? '1')) throw illegal('is_active');
  // Nobody has ever been deactivated here.
  if (extra.get('is_active') === '0') return [];
  if (id === undefined && uid === undefined) return modifiedSince(listClients(world, ledger), request.modifiedSince);
  const household = householdOf(world, request);
  const rows = rowsOf(household, ledger, world.now());
  return uid === undefined ? rows : rows.filter((row) => row.uid === uid);
}

/** The rows GetClients answers with. */
export function listClients(world: World, ledger: Ledger): readonly TillClient[] {
  const now = world.now();
  return Array.from({ length: LISTED_HOUSEHOLDS }, (_, index) => world.household(index + 1)).flatMap((household) =>
    rowsOf(household, ledger, now),
  );
}

function rowsOf(household: Household | undefined, ledger: Ledger, now: number): readonly TillClient[] {
  return accountsOf(household).map((account) => ({
    id: account.clientId,
    household: account.household,
    uid: account.uid,
    balanceCents: ledger.balance(account),
    lastUpdate: ledger.movedAt(account) ?? seedUpdate(account.clientId, now),
  }));
}

/** Some time in the last three months. */
function seedUpdate(id: number, now: number): number {
  return Math.floor(now / DAY) * DAY - (1 + (id % 90)) * DAY + (id % 36_000) * 1000;
}

function modifiedSince(clients: readonly TillClient[], since: string | null): readonly TillClient[] {
  if (since === null) return clients;
  const earliest = /^\d{4}-\d{2}-\d{2}T/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(earliest)) throw illegal('ModifiedSince');
  return clients.filter((client) => client.lastUpdate >= earliest);
}

function isLong(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
