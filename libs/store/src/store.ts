import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Kysely, PostgresDialect, sql, type IsolationLevel, type Transaction } from 'kysely';
import { AppError, CLOCK, type Cancel, type Clock, type DataState } from '#lib/kernel';
import { requireDurable } from './connection/durability.js';
import { NoticeListener } from './connection/notice-listener.js';
import { openFirstClient } from './connection/open-client.js';
import { readStateMark } from './connection/state-mark.js';
import { StorePool } from './connection/store-pool.js';
import { EmbeddedServer } from './embedded/embedded-server.js';
import { migrate } from './migrations/migrate.js';
import type { MigrationSet } from './migrations/migration.js';
import { pause, timeLimit, waitAtMost } from './pause.js';
import { isCollision, storeUnavailable } from './store-errors.js';
import { StoreSettings } from './store.settings.js';

/** Injection token of the StorePlan. */
export const STORE_PLAN = Symbol('StorePlan');

/** What the program wants of its store. */
export interface StorePlan {
  /** What the libs contribute, each lib's after those of the libs whose tables it refers to. */
  readonly migrations: readonly MigrationSet[];
  /** False for tools that build the program but never run it: then no database is looked for. */
  readonly open: boolean;
}

/** How often a transaction is tried that loses against concurrent ones, and the longest pause between. */
const TRANSACTION_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 50;
/** A read that took longer is not begun again: its caller does not wait that long. */
const READ_AGAIN_MS = 1_500;
const GOODBYE_MS = 1_000;

/** What a read may use: selects, also in plain SQL (`sql\`…\`.execute(reader)`). */
export type StoreReader<Tables> = Pick<Kysely<Tables>, 'selectFrom' | 'selectNoFrom' | 'getExecutor'>;

/** What is there while the store is open. */
interface Opened {
  readonly db: Kysely<unknown>;
  readonly listener: NoticeListener;
}

/**
 * The only door to PostgreSQL: the server of DATABASE_URL, or the embedded one. It knows no table; each lib contributes
 * its migrations and declares the tables it works with as a Kysely interface.
 *
 * Its errors are AppErrors of the system `store`: UPSTREAM_UNAVAILABLE (out of reach, or lost against concurrent
 * transactions), UPSTREAM_TIMEOUT, CONFLICT (`violatedConstraint` says which) and INTERNAL for a wrong statement.
 */
@Injectable()
export class Store implements DataState, OnModuleInit, OnApplicationShutdown {
  private opened: Opened | undefined;
  private server: EmbeddedServer | undefined;
  private reviving: Promise<unknown> | undefined;
  private closing = false;
  private state = '';

  constructor(
    private readonly settings: StoreSettings,
    @Inject(CLOCK) private readonly timers: Clock,
    @Inject(STORE_PLAN) private readonly plan: StorePlan,
  ) {}

  /**
   * Waits for the database, refuses one that could lose what was acknowledged, and applies migrations.
   * @throws StoreStartError with the cause and a cure in one line
   */
  async onModuleInit(): Promise<void> {
    if (!this.plan.open) return;
    try {
      const url = this.settings.databaseUrl ?? (await this.startServer());
      await this.prepare(url);
      this.opened = this.connect(url);
    } catch (error) {
      await this.server?.release();
      throw error;
    }
  }

  /** Ends all connections; the last user of the embedded server stops it. */
  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    const { opened } = this;
    this.opened = undefined;
    await opened?.listener.close();
    await opened?.db.destroy();
    await this.reviving;
    await this.server?.release();
  }

  /** The tables of a lib, for single statements. A broken connection fails them with UPSTREAM_UNAVAILABLE. */
  tables<Tables>(): Kysely<Tables> {
    return this.open.db as Kysely<Tables>;
  }

  /**
   * Reads, and reads once more from the start when the connection breaks on the way or the server restarts. `work` must
   * only select; all of it sees one snapshot only if it is one statement.
   */
  async read<Tables, Result>(work: (reader: StoreReader<Tables>) => Promise<Result>): Promise<Result> {
    const limit = timeLimit(this.timers, READ_AGAIN_MS);
    try {
      return await work(this.tables<Tables>());
    } catch (error) {
      if (limit.over || !(error instanceof AppError) || error.code !== 'UPSTREAM_UNAVAILABLE') throw error;
      return work(this.tables<Tables>());
    } finally {
      limit.cancel();
    }
  }

  /**
   * Runs `work` in a transaction, read committed unless told, and commits. When it only lost against a concurrent one
   * (deadlock, serialization) it is rolled back and run again, so `work` must have no other effects. A lost connection
   * is UPSTREAM_UNAVAILABLE and not tried again here: if it broke during commit, the outcome is unknown, and only the
   * caller knows how to find out.
   */
  async transaction<Tables, Result>(
    work: (transaction: Transaction<Tables>) => Promise<Result>,
    isolation: IsolationLevel = 'read committed',
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.tables<Tables>().transaction().setIsolationLevel(isolation).execute(work);
      } catch (error) {
        if (attempt === TRANSACTION_ATTEMPTS || !isCollision(error)) throw error;
        await pause(this.timers, Math.random() * LONGEST_PAUSE_MS);
      }
    }
  }

  /** Calls `handler` with the payload of every NOTIFY on that channel while connected; those sent meanwhile are lost. */
  listen(channel: string, handler: (payload: string) => void): Cancel {
    return this.open.listener.listen(channel, handler);
  }

  /** Of the database as it was when this store was opened; empty before. */
  get mark(): string {
    return this.state;
  }

  /** The database's clock, in milliseconds since 1970: the only one that leases go by. */
  async clock(): Promise<number> {
    const { rows } = await this.read((reader) =>
      sql<{ now: string }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(reader),
    );
    return Number(rows[0]?.now);
  }

  private async prepare(url: string): Promise<void> {
    const first = await openFirstClient(url, this.settings, this.timers);
    try {
      await requireDurable(first);
      await migrate(first, this.plan.migrations);
      this.state = await readStateMark(first);
    } finally {
      await waitAtMost(this.timers, GOODBYE_MS, first.end());
    }
  }

  private connect(url: string): Opened {
    const { statementMs, connections } = this.settings;
    const onRefused = (): void => this.revive();
    const pool = new StorePool({ url, connections, statementMs, clock: this.timers, onRefused });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    return { db, listener: new NoticeListener(url, statementMs, this.timers) };
  }

  private get open(): Opened {
    if (this.opened === undefined) throw storeUnavailable('the store is not open');
    return this.opened;
  }

  private startServer(): Promise<string> {
    this.server = new EmbeddedServer({ folder: this.settings.dataFolder, clock: this.timers, report: toOperator });
    return this.server.start();
  }

  /** Starts an embedded server that died; without one there is nothing to do but wait. */
  private revive(): void {
    if (this.server === undefined || this.closing) return;
    this.reviving ??= this.server
      .start()
      .catch(() => undefined)
      .finally(() => {
        this.reviving = undefined;
      });
  }
}

/** Standard output belongs to the program. */
function toOperator(line: string): void {
  process.stderr.write(`${line}\n`);
}
