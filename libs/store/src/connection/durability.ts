import type { Client } from 'pg';
import { StoreStartError } from '../store-start-error.js';

/** The oldest version that the store is tested with. */
const LEAST_VERSION = 150_000;

interface Answers {
  readonly version: string;
  readonly encoding: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly standbys: string;
}

const QUESTION = `select current_setting('server_version_num') as version,
  current_setting('server_encoding') as encoding,
  current_setting('fsync') as fsync,
  current_setting('full_page_writes') as full_page_writes,
  current_setting('synchronous_commit') as synchronous_commit,
  current_setting('synchronous_standby_names') as standbys`;

/**
 * What is acknowledged must survive a crash, so a server that may forget it is refused.
 * @throws StoreStartError with the name of the setting and the cure
 */
export async function requireDurable(client: Client): Promise<void> {
  const { rows } = await client.query<Answers>(QUESTION);
  const [answers] = rows;
  const fault = answers && faultOf(answers);
  if (fault !== undefined) throw new StoreStartError(`The database is not fit to keep commands: ${fault}`);
}

function faultOf({ version, encoding, fsync, full_page_writes: pages, synchronous_commit: commit, standbys }: Answers) {
  if (Number(version) < LEAST_VERSION)
    return `it is older than PostgreSQL ${LEAST_VERSION / 10_000}. Cure: upgrade it.`;
  if (encoding !== 'UTF8')
    return `its encoding is ${encoding}. Cure: create database … encoding 'UTF8' template template0.`;
  if (fsync !== 'on') return `fsync is ${fsync}. ${fileCure('fsync')}`;
  if (pages !== 'on') return `full_page_writes is ${pages}. ${fileCure('full_page_writes')}`;
  if (commit === 'off') return `synchronous_commit is off. ${sessionCure}`;
  if (commit === 'local' && standbys !== '') {
    return `synchronous_commit is local, which does not wait for the standbys in synchronous_standby_names. ${sessionCure}`;
  }
  return undefined;
}

const sessionCure =
  'Cure: alter system set synchronous_commit = on; select pg_reload_conf(); and reset it where a role or database has its own.';

function fileCure(setting: string): string {
  return `Cure: alter system set ${setting} = on; select pg_reload_conf();`;
}
