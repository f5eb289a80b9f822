import pg from 'pg';
import { AppError, type ErrorCode } from '#lib/kernel';

/** The name of the store in `details.system` of its errors. */
const SYSTEM = 'store';

/** SQLSTATEs, and classes of them (two characters), by what they mean for the caller. Others are our own fault. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  '08': 'UPSTREAM_UNAVAILABLE', // connection exception
  '28': 'UPSTREAM_UNAVAILABLE', // authorization refused
  '3D': 'UPSTREAM_UNAVAILABLE', // no such database
  '53': 'UPSTREAM_UNAVAILABLE', // out of connections, memory, disk
  '25006': 'UPSTREAM_UNAVAILABLE', // read-only: a standby answers
  '25P03': 'UPSTREAM_UNAVAILABLE', // the server ended an idle transaction
  '40001': 'UPSTREAM_UNAVAILABLE', // serialization failure
  '40P01': 'UPSTREAM_UNAVAILABLE', // deadlock
  '55000': 'UPSTREAM_UNAVAILABLE', // the database takes no connections
  '57P01': 'UPSTREAM_UNAVAILABLE', // the server stops
  '57P02': 'UPSTREAM_UNAVAILABLE', // a server process crashed
  '57P03': 'UPSTREAM_UNAVAILABLE', // the server starts
  '57P05': 'UPSTREAM_UNAVAILABLE', // the server ended an idle session
  '55P03': 'UPSTREAM_TIMEOUT', // a lock was not free in time
  '57014': 'UPSTREAM_TIMEOUT', // a statement took too long
  '23505': 'CONFLICT', // unique constraint
  '23P01': 'CONFLICT', // exclusion constraint
};

const COLLISIONS = new Set(['40001', '40P01']);
/** After these the connection is of no use any more. */
const ENDS_CONNECTION = /^(08|25P03$|57P)/;
/** What pg says of a connection that broke, without a code. */
const BROKEN = /^(Connection terminated|Client (was closed|has encountered)|Cannot use a pool|timeout exceeded)/;
const SOCKET_CODE = /^(E[A-Z]+|ERR_(SSL|TLS)_\w+)$/;
const READ_TIMEOUT = 'Query read timeout';

/** What PostgreSQL said, without its texts: they quote values. */
export class StatementFailure extends Error {
  override readonly name = 'StatementFailure';

  constructor(
    /** The SQLSTATE, e.g. `23505`. */
    readonly sqlState: string,
    readonly constraint?: string,
    readonly table?: string,
  ) {
    super(
      [`SQLSTATE ${sqlState}`, constraint && `constraint ${constraint}`, table && `table ${table}`]
        .filter(Boolean)
        .join(', '),
    );
  }
}

/** The driver's error as ours: UPSTREAM_UNAVAILABLE, UPSTREAM_TIMEOUT, CONFLICT or INTERNAL, of the system `store`. */
export function toStoreError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof pg.DatabaseError && error.code !== undefined) {
    const { code, constraint, table } = error;
    const meaning = CODES[code] ?? CODES[code.slice(0, 2)] ?? 'INTERNAL';
    const details = { system: SYSTEM, upstreamCode: code };
    return new AppError(meaning, 'the store refuses', details, new StatementFailure(code, constraint, table));
  }
  if (isReadTimeout(error))
    return new AppError('UPSTREAM_TIMEOUT', 'the store does not answer', { system: SYSTEM }, error);
  if (isBroken(error)) return storeUnavailable('the store cannot be reached', error);
  return new AppError('INTERNAL', 'the store cannot be asked this', { system: SYSTEM }, error);
}

/** The store is out of reach at the moment. */
export function storeUnavailable(reason: string, cause?: unknown): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', reason, { system: SYSTEM, retryAfterSeconds: 2 }, cause);
}

/** Whether the driver's error leaves a connection that must not be used again. */
export function endsConnection(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return ENDS_CONNECTION.test(error.code ?? '');
  return isReadTimeout(error) || isBroken(error);
}

/** The unique or exclusion constraint that a CONFLICT of the store is about; undefined for any other error. */
export function violatedConstraint(error: unknown): string | undefined {
  const { cause, code } = error instanceof AppError ? error : { cause: undefined, code: undefined };
  return code === 'CONFLICT' && cause instanceof StatementFailure ? cause.constraint : undefined;
}

/** Whether the transaction only lost against a concurrent one and may succeed when tried again. */
export function isCollision(error: unknown): boolean {
  return error instanceof AppError && error.cause instanceof StatementFailure && COLLISIONS.has(error.cause.sqlState);
}

function isReadTimeout(error: unknown): boolean {
  return plain(error).message === READ_TIMEOUT;
}

function isBroken(error: unknown): boolean {
  const { code = '', message = '' } = plain(error);
  return SOCKET_CODE.test(code) || BROKEN.test(message);
}

/** Node's own errors are no instances of an Error of another realm, so only their shape counts. */
function plain(error: unknown): { readonly code?: string; readonly message?: string } {
  return typeof error === 'object' && error !== null ? error : {};
}
