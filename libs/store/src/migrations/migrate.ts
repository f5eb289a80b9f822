import type { Client } from 'pg';
import { StoreStartError } from '../store-start-error.js';
import { stepsOf, type MigrationSet, type Step, type StepKey } from './migration.js';

/** Longest time one migration may take, and longest wait for another instance that migrates. */
const STEP_MS = 600_000;
const WAIT_MS = 60_000;
/** The key of the lock ("saal" in ASCII); advisory locks belong to one database. */
const LOCK = 0x7361616c;
/** The driver's own limit, per query. */
const patience = { query_timeout: STEP_MS + 1_000 };

const TABLE = `create table if not exists store_migrations (
  owner text not null,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default now(),
  primary key (owner, name)
)`;

type Applied = Pick<Step, 'owner' | 'name' | 'checksum'>;

/**
 * Brings the tables to the state of the program: each missing step in a transaction of its own under one lock, so that
 * instances starting at once apply it once.
 * @throws StoreStartError when a step fails, or when what was applied is not what the program knows
 */
export async function migrate(client: Client, sets: readonly MigrationSet[]): Promise<void> {
  const steps = stepsOf(sets);
  while (await applyNext(client, steps));
}

/** @returns whether there was a step to apply */
async function applyNext(client: Client, steps: readonly Step[]): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(`set local statement_timeout = ${STEP_MS}; set local lock_timeout = ${WAIT_MS}`);
    await takeTurn(client);
    await client.query(TABLE);
    const { rows } = await client.query<Applied>('select owner, name, checksum from store_migrations');
    requireKnown(rows, steps);
    const step = steps.find((candidate) => !rows.some((row) => isSame(row, candidate)));
    if (step !== undefined) await apply(client, step);
    await client.query('commit');
    return step !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function takeTurn(client: Client): Promise<void> {
  try {
    await client.query({ text: `select pg_advisory_xact_lock(${LOCK})`, ...patience });
  } catch (error) {
    throw new StoreStartError(
      `Another instance migrates for more than ${WAIT_MS} ms. Cure: look at it, start again.`,
      error,
    );
  }
}

async function apply(client: Client, { owner, name, sql, checksum }: Step): Promise<void> {
  try {
    await client.query({ text: sql, ...patience });
    await client.query('insert into store_migrations (owner, name, checksum) values ($1, $2, $3)', [
      owner,
      name,
      checksum,
    ]);
  } catch (error) {
    throw new StoreStartError(
      `Migration ${owner}/${name} failed (${reasonOf(error)}). Nothing of it was applied.`,
      error,
    );
  }
}

/** Of faults in the statements PostgreSQL's own words; those of others may quote values. */
function reasonOf(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string };
  return code.startsWith('42') ? message : `SQLSTATE ${code}`;
}

/** The database's history must be the beginning of the program's, lib by lib. */
function requireKnown(applied: readonly Applied[], steps: readonly Step[]): void {
  for (const row of applied) {
    const step = steps.find((candidate) => isSame(row, candidate));
    const name = `Migration ${row.owner}/${row.name}`;
    if (step === undefined) {
      throw new StoreStartError(
        `${name} was applied to the database, but this program does not have it. Cure: run the newer program.`,
      );
    }
    if (step.checksum !== row.checksum) {
      throw new StoreStartError(
        `${name} was changed after it was applied. Cure: restore its text and add a new migration.`,
      );
    }
    const skipped = steps.find((other) => isEarlier(other, row) && !applied.some((known) => isSame(known, other)));
    if (skipped !== undefined) {
      throw new StoreStartError(
        `Migration ${skipped.owner}/${skipped.name} is new, but a later one is applied. Cure: give it a later name.`,
      );
    }
  }
}

function isSame(left: StepKey, right: StepKey): boolean {
  return left.owner === right.owner && left.name === right.name;
}

function isEarlier(step: StepKey, row: StepKey): boolean {
  return step.owner === row.owner && step.name < row.name;
}
