import { epochOf, instantOf, type Clock, type Instant } from '#lib/kernel';
import { sql, type Store } from '#lib/store';
import { OPEN_STATES, type ProcessState } from '../model/process-state.js';
import type { ProcessRow, ProcessTables } from '../tables/process-tables.js';

/** Longest list. */
const MOST = 200;

export interface DeskFilter {
  /** All that are not over unless told. */
  readonly states?: readonly ProcessState[];
  readonly subsidiary?: string;
  /** Only those accepted so long ago, in seconds. */
  readonly olderThanSeconds?: number;
  /** At most 200. */
  readonly first?: number;
}

/** A process as operators see it at first: nothing personal. */
export interface DeskEntry {
  readonly id: string;
  readonly receiptNumber: string;
  readonly kind: string;
  readonly subsidiary: string;
  readonly state: ProcessState;
  /** Why it is WITH_AGENT or UNCERTAIN, e.g. `DEADLINE`. */
  readonly reason: string | null;
  readonly attempts: number;
  readonly createdAt: Instant;
  readonly dueAt: Instant;
  readonly deadline: Instant;
  /** Below zero when it has passed. */
  readonly secondsToDeadline: number;
}

export interface Count {
  readonly kind: string;
  readonly subsidiary: string;
  readonly state: ProcessState;
  readonly count: number;
  /** Age of the oldest, in seconds. */
  readonly oldestSeconds: number;
}

export interface Pause {
  readonly subsidiary: string;
  readonly reason: string;
  readonly since: Instant;
}

/** The nearest deadline first. */
export async function listProcesses(
  store: Store,
  clock: Clock,
  { states = OPEN_STATES, subsidiary, olderThanSeconds = 0, first = MOST }: DeskFilter,
): Promise<readonly DeskEntry[]> {
  const now = clock.now();
  const rows = await store.read<ProcessTables, Row[]>((reader) => {
    const wanted = reader
      .selectFrom('process')
      .select(['id', 'receipt_number', 'kind', 'subsidiary', 'state', 'reason', 'attempts'])
      .select(['created_at', 'due_at', 'deadline'])
      .where('state', 'in', [...states])
      .where('created_at', '<=', instantOf(now - olderThanSeconds * 1_000));
    const there = subsidiary === undefined ? wanted : wanted.where('subsidiary', '=', subsidiary);
    return there
      .orderBy('deadline')
      .orderBy('seq')
      .limit(Math.max(0, Math.min(first, MOST)))
      .execute();
  });
  return rows.map((row) => toEntry(row, now));
}

/** Columns of a {@link DeskEntry}. */
type Row = Pick<
  ProcessRow,
  | 'id'
  | 'receipt_number'
  | 'kind'
  | 'subsidiary'
  | 'state'
  | 'reason'
  | 'attempts'
  | 'created_at'
  | 'due_at'
  | 'deadline'
>;

function toEntry(row: Row, now: number): DeskEntry {
  const { id, receipt_number: receiptNumber, kind, subsidiary, state, reason, attempts } = row;
  const { created_at: createdAt, due_at: dueAt, deadline } = row;
  const secondsToDeadline = Math.round((epochOf(deadline) - now) / 1_000);
  const facts = { id, receiptNumber, kind, subsidiary, state, reason, attempts };
  return { ...facts, createdAt, dueAt, deadline, secondsToDeadline };
}

/** Of those that are over nobody needs the age, so only the open ones are counted. */
export async function countProcesses(store: Store, clock: Clock): Promise<readonly Count[]> {
  const now = clock.now();
  const states: readonly ProcessState[] = OPEN_STATES;
  const { rows } = await store.read<ProcessTables, { rows: CountRow[] }>((reader) =>
    sql<CountRow>`
      select kind, subsidiary, state, count(*)::integer as count, min(created_at) as oldest
      from process where state = any(${[...states]}::text[])
      group by kind, subsidiary, state order by kind, subsidiary, state`.execute(reader),
  );
  return rows.map(({ oldest, ...facts }) => ({
    ...facts,
    oldestSeconds: Math.max(0, Math.round((now - epochOf(oldest)) / 1_000)),
  }));
}

export function listPauses(store: Store): Promise<readonly Pause[]> {
  return store.read<ProcessTables, Pause[]>((reader) =>
    reader.selectFrom('process_pause').selectAll().orderBy('subsidiary').execute(),
  );
}

interface CountRow extends Omit<Count, 'oldestSeconds'> {
  readonly oldest: Instant;
}
