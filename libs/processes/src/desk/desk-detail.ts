import { AppError, type Instant } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { PlainData } from '#lib/subsidiary-kit';
import type { JournalEvent } from '../journal/journal-event.js';
import type { ProcessState } from '../model/process-state.js';
import type { ProcessRow, ProcessTables, StepRow } from '../tables/process-tables.js';
import { fromJson } from '../tables/stored-json.js';

/** A long journal's last entries say what matters. */
const MOST_ENTRIES = 500;

/** One process with its journal; nothing personal. */
export interface DeskDetail {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: string;
  readonly subsidiary: string;
  readonly state: ProcessState;
  readonly reason: string | null;
  /** Sent without an answer since then; null when nothing is in doubt. */
  readonly inDoubtSince: Instant | null;
  readonly createdAt: Instant;
  readonly deadline: Instant;
  readonly steps: readonly { readonly key: string; readonly subsidiary: string; readonly state: ProcessState }[];
  /** The last 500 entries, oldest first. */
  readonly journal: readonly DeskJournalEntry[];
}

export interface DeskJournalEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly event: JournalEvent;
  /** Rises with each owner. */
  readonly fence: string;
  readonly data: PlainData;
}

/** The same with what is the customer's own. */
export interface PersonalDetail extends DeskDetail {
  readonly customerId: string;
  /** By step, in their order. */
  readonly inputs: readonly { readonly key: string; readonly account: string; readonly input: PlainData }[];
}

/** Id by id or number of the receipt, in whatever case. @throws AppError NOT_FOUND */
export async function findByName(store: Store, name: string): Promise<string> {
  const row = await store
    .tables<ProcessTables>()
    .selectFrom('process')
    .select('id')
    .where((is) => is.or([is('id', '=', name.toLowerCase()), is('receipt_number', '=', name.toUpperCase())]))
    .executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', 'no such process');
  return row.id;
}

/** @throws AppError NOT_FOUND */
export async function showProcess(store: Store, id: string): Promise<DeskDetail> {
  return detailOf(await load(store, id));
}

/** @throws AppError NOT_FOUND */
export async function showPersonal(store: Store, id: string): Promise<PersonalDetail> {
  const loaded = await load(store, id);
  const inputs = loaded.steps.map(({ key, account, input_json: input }) => ({ key, account, input: fromJson(input) }));
  return { ...detailOf(loaded), customerId: loaded.row.customer_id, inputs };
}

interface Loaded {
  readonly row: ProcessRow;
  readonly steps: readonly StepRow[];
  readonly journal: readonly ProcessTables['process_journal'][];
}

async function load(store: Store, id: string): Promise<Loaded> {
  const tables = store.tables<ProcessTables>();
  const row = await tables.selectFrom('process').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new AppError('NOT_FOUND', 'no such process');
  const steps = await tables
    .selectFrom('process_step')
    .selectAll()
    .where('process_id', '=', id)
    .orderBy('position')
    .execute();
  const journal = await tables
    .selectFrom('process_journal')
    .selectAll()
    .where('process_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(MOST_ENTRIES)
    .execute();
  return { row, steps, journal: journal.toReversed() };
}

function detailOf({ row, steps, journal }: Loaded): DeskDetail {
  const { id, kind, subsidiary, state, reason, deadline } = row;
  return {
    id,
    receiptNumber: row.receipt_number,
    kind,
    subsidiary,
    state,
    reason,
    inDoubtSince: row.intended_at,
    createdAt: row.created_at,
    deadline,
    steps: steps.map(({ key, subsidiary: place, state: stands }) => ({ key, subsidiary: place, state: stands })),
    journal: journal.map(({ seq, at, event, fence, data_json: data }) => {
      return { seq, at, event, fence: String(fence), data: fromJson(data) };
    }),
  };
}
