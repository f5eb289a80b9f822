import { instantOf, type Clock, type Instant } from '#lib/kernel';
import { sql, type Transaction } from '#lib/store';
import type { Store } from '#lib/store';
import { append } from '../journal/append.js';
import { CHANGED_CHANNEL, notify } from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { passStep } from './steps.js';

/** How long a lease lasts by the database's clock. An owner that lives renews it well before. */
export const LEASE_MS = 3_000;

/** What an instance has taken over to carry out, as it stood at that moment. */
export interface Claimed {
  readonly processId: string;
  readonly fence: bigint;
  /** Whether another instance had it and did not finish. */
  readonly takeover: boolean;
  readonly attempts: number;
  readonly spent: number;
  readonly failures: number;
  readonly deadline: Instant;
  readonly acceptedAt: Instant;
  /** Since when an intent is unanswered, in milliseconds by the database's clock; null when nothing is in doubt. */
  readonly inDoubtMs: number | null;
  readonly step: {
    readonly position: number;
    readonly kind: string;
    readonly subsidiary: string;
    readonly account: string;
    readonly effectKey: string;
    readonly inputJson: string;
  };
}

export interface ClaimWishes {
  /** Id of this instance. */
  readonly holder: string;
  /** Free places by subsidiary. */
  readonly places: ReadonlyMap<string, number>;
  /** Free places in all. */
  readonly most: number;
  /** Kinds of commands that this instance knows. */
  readonly kinds: readonly string[];
}

interface ClaimRow {
  readonly id: string;
  readonly fence: bigint;
  readonly takeover: boolean;
  readonly attempts: number;
  readonly spent: number;
  readonly failures: number;
  readonly deadline: Instant;
  readonly created_at: Instant;
  readonly in_doubt_ms: string | null;
  readonly journal_seq: number;
  readonly position: number;
  readonly kind: string;
  readonly subsidiary: string;
  readonly account: string;
  readonly effect_key: string;
  readonly input_json: string;
}

/**
 * Takes what is due: accepted ones whose time has come, and those whose owner's lease has run out. Per customer and
 * subsidiary only the oldest that is under way, and none while another one runs: a unique index holds that against
 * two instances that look at the same moment, and then the loser takes nothing this time.
 * @throws AppError CONFLICT when another instance was quicker
 */
export function claim(store: Store, clock: Clock, wishes: ClaimWishes): Promise<readonly Claimed[]> {
  return store.transaction<ProcessTables, readonly Claimed[]>(async (transaction) => {
    const at = instantOf(clock.now());
    const rows = await takeDue(transaction, at, wishes);
    if (rows.length === 0) return [];
    const entries = rows.map(({ id, journal_seq: seq, fence, takeover, attempts }) => {
      const data = { attempt: attempts, takeover };
      return { processId: id, seq, at, fence, event: 'leased' as const, data };
    });
    await append(transaction, entries);
    for (const { id } of rows) await notify(transaction, CHANGED_CHANNEL, id);
    for (const { id, kind } of rows) passStep('leasing', id, kind);
    return rows.map(toClaimed);
  });
}

/** `due` sees the state before the update; a takeover counts as a try, so that what kills its instance is not tried for ever. */
async function takeDue(
  transaction: Transaction<ProcessTables>,
  at: Instant,
  { holder, places, most, kinds }: ClaimWishes,
): Promise<readonly ClaimRow[]> {
  const { rows } = await sql<ClaimRow>`
    with due as (
      select chosen.id, chosen.state
      from unnest(${[...places.keys()]}::text[], ${[...places.values()]}::integer[]) as free (subsidiary, places)
      cross join lateral (
        select p.id, p.seq, p.state from process p
        where p.subsidiary = free.subsidiary
          and ((p.state = 'ACCEPTED' and p.due_at <= ${at} and p.deadline > ${at})
            or (p.state = 'RUNNING' and p.lease_until < clock_timestamp()))
          and not exists (select from process_pause pause where pause.subsidiary = p.subsidiary)
          and not exists (select from process older
            where older.customer_id = p.customer_id and older.subsidiary = p.subsidiary and older.id <> p.id
              and (older.state = 'RUNNING' or (older.state = 'ACCEPTED' and older.seq < p.seq)))
          and exists (select from process_step s
            where s.process_id = p.id and s.position = p.current and s.kind = any(${[...kinds]}::text[]))
        order by p.seq limit free.places
        for update of p skip locked) chosen
      order by chosen.seq limit ${most})
    update process p set
      state = 'RUNNING', lease_holder = ${holder},
      lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond',
      fence = p.fence + 1, attempts = p.attempts + 1,
      spent = p.spent + case when due.state = 'RUNNING' then 1 else 0 end,
      journal_seq = p.journal_seq + 1, updated_at = ${at}
    from due, process_step s
    where p.id = due.id and s.process_id = p.id and s.position = p.current
    returning p.id, p.fence, due.state = 'RUNNING' as takeover, p.attempts, p.spent, p.failures, p.deadline, p.created_at,
      extract(epoch from clock_timestamp() - p.intended_at) * 1000 as in_doubt_ms, p.journal_seq,
      s.position, s.kind, s.subsidiary, s.account, s.effect_key, s.input_json`.execute(transaction);
  return rows;
}

function toClaimed(row: ClaimRow): Claimed {
  const { id, fence, takeover, attempts, spent, failures, deadline, in_doubt_ms: inDoubt } = row;
  const { created_at: acceptedAt } = row;
  const { position, kind, subsidiary, account, effect_key: effectKey, input_json: inputJson } = row;
  return {
    processId: id,
    fence,
    takeover,
    attempts,
    spent,
    failures,
    deadline,
    acceptedAt,
    inDoubtMs: inDoubt === null ? null : Number(inDoubt),
    step: { position, kind, subsidiary, account, effectKey, inputJson },
  };
}
