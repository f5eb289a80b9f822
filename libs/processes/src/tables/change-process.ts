import { instantOf, type Clock, type Instant } from '#lib/kernel';
import { sql, type Transaction } from '#lib/store';
import { append } from '../journal/append.js';
import type { JournalData, JournalEvent } from '../journal/journal-event.js';
import { isOver, isUnderWay } from '../model/process-state.js';
import { isPublicOwner } from '../submit/public-owner.js';
import type { MailOccasion, ProcessRow, ProcessTables, StepRow } from './process-tables.js';

/** Channel of the ids of processes whose state has changed. */
export const CHANGED_CHANNEL = 'process_changed';
/** Channel that says that something may be carried out. */
export const DUE_CHANNEL = 'process_due';

/** A process, locked until the transaction ends. */
export interface LockedProcess {
  readonly row: ProcessRow;
  readonly steps: readonly StepRow[];
}

/** What becomes of a process, and what the journal says of it. */
export interface Change {
  readonly set: Partial<Omit<ProcessRow, 'id' | 'seq' | 'fence' | 'journal_seq' | 'updated_at'>>;
  readonly event: JournalEvent;
  readonly data?: JournalData;
  /** Whether the customer is to be told, where there is an address. */
  readonly mail?: MailOccasion;
}

/** Locks a process with its steps; undefined when there is none. */
export async function lockProcess(
  transaction: Transaction<ProcessTables>,
  id: string,
): Promise<LockedProcess | undefined> {
  const row = await transaction.selectFrom('process').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) return undefined;
  const steps = await transaction
    .selectFrom('process_step')
    .selectAll()
    .where('process_id', '=', id)
    .orderBy('position')
    .execute();
  return { row, steps };
}

/** Writes a change of a locked process, with its place in the journal, and tells whoever waits for it after commit. */
export async function changeProcess(
  transaction: Transaction<ProcessTables>,
  { row }: Pick<LockedProcess, 'row'>,
  { set, event, data = {}, mail }: Change,
  clock: Clock,
): Promise<void> {
  const at = instantOf(clock.now());
  const state = set.state ?? row.state;
  // A lease belongs to RUNNING only: whoever held it before finds that by the state.
  const lease = state === 'RUNNING' ? {} : { lease_holder: null, lease_until: null };
  const { id } = row;
  const seq = row.journal_seq + 1;
  const settled = isUnderWay(state) ? {} : { settled_at: sql<Instant>`clock_timestamp()` };
  await transaction
    .updateTable('process')
    .set({ ...set, ...lease, ...settled, journal_seq: seq, updated_at: at })
    .where('id', '=', id)
    .execute();
  await append(transaction, [{ processId: id, seq, at, fence: row.fence, event, data }]);
  // What a public declaration comes to would tell strangers who has a contract.
  if (mail !== undefined && row.receipt_to !== null && !isPublicOwner(row.customer_id)) {
    const letter = { process_id: id, customer_id: row.customer_id, occasion: mail, created_at: at, due_at: at };
    await transaction
      .insertInto('process_mail')
      .values({ ...letter, sent_at: null })
      .execute();
  }
  if (state === row.state) return;
  await notify(transaction, CHANGED_CHANNEL, id);
  // The next one of this customer may have its turn, or this one has.
  if (state === 'ACCEPTED' || row.state === 'RUNNING' || isOver(state)) await notify(transaction, DUE_CHANNEL);
}

/** Sets columns of one step of a locked process. */
export async function changeStep(
  transaction: Transaction<ProcessTables>,
  processId: string,
  position: number,
  set: Partial<Omit<StepRow, 'process_id' | 'position' | 'at'>>,
  clock: Clock,
): Promise<void> {
  await transaction
    .updateTable('process_step')
    .set({ ...set, at: instantOf(clock.now()) })
    .where('process_id', '=', processId)
    .where('position', '=', position)
    .execute();
}

/** Sent with the commit, and only then. */
export async function notify(transaction: Transaction<ProcessTables>, channel: string, payload = ''): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(transaction);
}
