import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Clock } from '#lib/kernel';
import { pause, timeLimit, waitAtMost } from '../pause.js';
import { endsConnection, storeUnavailable, toStoreError } from '../store-errors.js';
import { CONNECT_MS, clientConfig } from './client-config.js';
import { StoreClient } from './store-client.js';

/** Callers that may wait for a connection at once; more are refused at once. */
const LONGEST_QUEUE = 1_000;
const IDLE_MS = 30_000;
const PAUSE_MS = 50;
/** Longest time to wait at the end for connections that are still lent. */
const END_MS = 3_000;

export interface PoolOptions {
  readonly url: string;
  readonly connections: number;
  readonly statementMs: number;
  readonly clock: Clock;
  /** Called each time the server does not take a connection, to bring it back if that is in our hands. */
  readonly onRefused: () => void;
}

/** Bounded connections to the database. Those that break are replaced; a restart of the server is waited for. */
export class StorePool implements PostgresPool {
  private readonly pool: pg.Pool;

  constructor(private readonly options: PoolOptions) {
    const { url, connections, statementMs } = options;
    this.pool = new pg.Pool({ ...clientConfig(url, statementMs), max: connections, idleTimeoutMillis: IDLE_MS });
    // A connection that breaks while idle or lent only says so; whoever uses it next learns it by its query.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** @throws AppError UPSTREAM_UNAVAILABLE when there is no connection in time */
  async connect(): Promise<PostgresPoolClient> {
    if (this.pool.waitingCount >= LONGEST_QUEUE) throw storeUnavailable('too many callers wait for the store');
    const limit = timeLimit(this.options.clock, CONNECT_MS);
    try {
      for (;;) {
        try {
          return new StoreClient(await this.pool.connect());
        } catch (error) {
          if (limit.over || this.pool.ending || !isPassing(error)) throw toStoreError(error);
          this.options.onRefused();
          await pause(this.options.clock, PAUSE_MS);
        }
      }
    } finally {
      limit.cancel();
    }
  }

  /** Closes the connections as they come back, for a limited time. */
  async end(): Promise<void> {
    await waitAtMost(this.options.clock, END_MS, this.pool.end());
  }
}

/** Whether the server may take connections soon: it restarts, or has none left. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return endsConnection(error) || code === '53300' || code === '55000';
}
