import type { Household, ValueCardBook } from '../../world/household.js';
import type { World } from '../../world/world.js';
import type { TillRequest } from './read-request.js';

/** One row of the till's client table: a person and one smart card. Two cards make two rows of the same Id. */
export interface TillClient {
  readonly id: number;
  readonly household: Household;
  readonly card: ValueCardBook | null;
  /** Milliseconds since 1970. */
  readonly lastUpdate: number;
}

/** A value in `Extra` or `ModifiedSince` is not what its key asks for. The message is what the till says. */
export class IllegalArgument extends Error {
  override readonly name = 'IllegalArgument';
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
 * @throws IllegalArgument
 */
export function findClients(world: World, request: TillRequest): readonly TillClient[] {
  const { extra } = request;
  const id = extra.get('id');
  const uid = extra.get('smartcard_uid')?.toUpperCase();
  if (id !== undefined && !isLong(id)) throw new IllegalArgument('Illegal value of id');
  if (!['1', '0', '-1'].includes(extra.get('is_active') ?? '1'))
    throw new IllegalArgument('Illegal value of is_active');
  // Nobody has ever been deactivated here.
  if (extra.get('is_active') === '0') return [];
  if (id === undefined && uid === undefined) return modifiedSince(listClients(world), request.modifiedSince);
  const household = householdOf(world, request);
  const rows = household === undefined ? [] : rowsOf(household, world.now());
  return uid === undefined ? rows : rows.filter((row) => row.card?.uid === uid);
}

/** The rows GetClients answers with. */
export function listClients(world: World): readonly TillClient[] {
  const now = world.now();
  return Array.from({ length: LISTED_HOUSEHOLDS }, (_, index) => world.household(index + 1)).flatMap((household) =>
    household === undefined ? [] : rowsOf(household, now),
  );
}

function rowsOf(household: Household, now: number): readonly TillClient[] {
  if (household.pools === null) return [];
  const { clientId: id, cards } = household.pools;
  const lastUpdate = Math.floor(now / DAY) * DAY - (1 + (id % 90)) * DAY + (id % 36_000) * 1000;
  return (cards.length === 0 ? [null] : cards).map((card) => ({ id, household, card, lastUpdate }));
}

function modifiedSince(clients: readonly TillClient[], since: string | null): readonly TillClient[] {
  if (since === null) return clients;
  const earliest = /^\d{4}-\d{2}-\d{2}T/.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(earliest)) throw new IllegalArgument('Illegal value of ModifiedSince');
  return clients.filter((client) => client.lastUpdate >= earliest);
}

function isLong(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
