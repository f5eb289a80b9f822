import type { ClientConfig } from 'pg';
import { valueTypes } from './value-types.js';

/** Longest time to open a connection or to wait for a free one, in milliseconds. */
export const CONNECT_MS = 2_000;
/** Added to the server's limit of a statement, so that usually the server is the one to speak. */
const ANSWER_MARGIN_MS = 1_000;
/** A transaction in which nothing happens holds locks for nobody. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** How every connection of the house is opened: with deadlines, in UTC, with dates in ISO form. */
export function clientConfig(url: string, statementMs: number): ClientConfig {
  return {
    connectionString: url,
    application_name: 'saaltor',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + ANSWER_MARGIN_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    options: '-c TimeZone=UTC -c DateStyle=ISO,YMD',
    types: valueTypes,
  };
}
