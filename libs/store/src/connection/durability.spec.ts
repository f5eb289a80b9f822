import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { systemClock } from '#lib/kernel';
import { openStore, openTestStore, type TestStore } from '#lib/testing';
import { EmbeddedServer } from '../embedded/embedded-server.js';
import { serverAccount } from '../embedded/placement.js';
import { findPrograms } from '../embedded/programs.js';
import { runProgram } from '../embedded/run-program.js';

// Servers that start and crash take their time on a busy machine.
jest.setTimeout(60_000);

const account = serverAccount();
let place: string;
let folder: string;
let url: string;

async function control(...args: string[]): Promise<void> {
  const { bin } = await findPrograms(folder, account);
  const options = { account, folder, deadlineMs: 60_000 };
  await runProgram(join(bin, 'pg_ctl'), ['-s', '-w', '-D', join(folder, 'data'), ...args], options);
}

/** A server like one that somebody else set up, with this setting. */
async function withServer<T>(setting: string, work: () => Promise<T>): Promise<T> {
  const { port } = new URL(url);
  const wishes = `-h 127.0.0.1 -p ${port} -c unix_socket_directories= -c ${setting}`;
  await control('start', '-l', join(folder, 'data/other.log'), '-o', wishes);
  try {
    return await work();
  } finally {
    await control('stop', '-m', 'fast');
  }
}

beforeAll(async () => {
  place = mkdtempSync('/var/tmp/saaltor-durability-spec-');
  chmodSync(place, 0o755);
  const server = new EmbeddedServer({ folder: join(place, 'server'), clock: systemClock, report: () => undefined });
  folder = join(place, 'server');
  url = await server.start();
  await server.release();
});

afterAll(() => rmSync(place, { recursive: true }));

describe('a database that may lose what was acknowledged', () => {
  it.each([
    ['fsync=off', 'fsync is off. Cure: alter system set fsync = on;'],
    ['full_page_writes=off', 'full_page_writes is off. Cure: alter system set full_page_writes = on;'],
    ['synchronous_commit=off', 'synchronous_commit is off. Cure: alter system set synchronous_commit = on;'],
  ])('is refused: %s', async (setting, words) => {
    await withServer(setting, async () => {
      await expect(openStore(url)).rejects.toThrow(`The database is not fit to keep commands: ${words}`);
    });
  });

  it('is refused when commits do not wait for its standbys', async () => {
    await withServer('synchronous_commit=local -c synchronous_standby_names=*', async () => {
      await expect(openStore(url)).rejects.toThrow('synchronous_commit is local, which does not wait for the standbys');
    });
  });

  it('is fine with local commits when it has no standbys', async () => {
    await withServer('synchronous_commit=local', async () => {
      const store = await openStore(url);
      expect(await store.clock()).toBeGreaterThan(0);
      await store.onApplicationShutdown();
    });
  });
});

describe('a role that may lose what was acknowledged', () => {
  let test: TestStore;

  beforeAll(async () => {
    test = await openTestStore();
  });

  afterAll(() => test.close());

  it('is refused although the server is durable', async () => {
    const client = new pg.Client({ connectionString: test.url });
    await client.connect();
    await client.query(
      "do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$",
    );
    await client.end();
    await expect(openStore(test.url)).rejects.toThrow('synchronous_commit is off. Cure: ');
  });
});
