import type { PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { PoolClient } from 'pg';
import { AppError } from '#lib/kernel';
import { endsConnection, storeUnavailable, toStoreError } from '../store-errors.js';

/** A connection lent by the pool: speaks the house's errors, and does not go back when it is broken. */
export class StoreClient implements PostgresPoolClient {
  private broken = false;

  constructor(private readonly client: PoolClient) {}

  query(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<never>>;
  query(cursor: never): never;
  async query(sql: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<never>> {
    // With its connection a transaction is gone, too; the caller shall see why, not that it cannot be ended.
    if (sql === 'rollback' && this.broken) return { command: 'SELECT', rowCount: 0, rows: [] };
    try {
      const result = await this.client.query(sql, [...parameters]);
      requireCommitted(sql, result.command);
      return result as unknown as PostgresQueryResult<never>;
    } catch (error) {
      if (!endsConnection(error)) throw toStoreError(error);
      this.broken = true;
      if (sql === 'commit')
        throw storeUnavailable('the connection was lost during commit: its outcome is unknown', error);
      throw toStoreError(error);
    }
  }

  release(): void {
    this.client.release(this.broken);
  }
}

/** PostgreSQL answers the commit of a failed transaction with success and the word ROLLBACK. */
function requireCommitted(sql: string, command: string): void {
  if (sql === 'commit' && command !== 'COMMIT') {
    throw new AppError('INTERNAL', 'a statement of the transaction had failed: nothing was committed', {
      system: 'store',
    });
  }
}
