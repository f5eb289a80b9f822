import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { sql } from 'kysely';
import { loadSettings, placeholderSettings, SettingsModule } from '#lib/config';
import { CLOCK, systemClock } from '#lib/kernel';
import { findPostmaster } from './embedded/postmaster.js';
import { StoreModule } from './store.module.js';
import { StoreSettings } from './store.settings.js';
import { Store } from './store.js';

// Servers that start and crash take their time on a busy machine.
jest.setTimeout(60_000);

const MIGRATIONS = [{ owner: 'pond', migrations: [{ name: '0001', sql: 'create table fish (id int)' }] }];

const clockModule = {
  module: class ClockModule {},
  global: true,
  providers: [{ provide: CLOCK, useValue: systemClock }],
  exports: [CLOCK],
};

let place: string;
let data: string;
let app: { close(): Promise<void> };
let store: Store;

const backend = async (): Promise<number> => {
  const { rows } = await store.read((reader) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(reader));
  return rows[0]!.pid;
};

beforeAll(async () => {
  place = mkdtempSync('/var/tmp/saaltor-store-spec-');
  chmodSync(place, 0o755);
  data = join(place, 'postgres/data');
  const settings = loadSettings([StoreSettings], {
    SAALTOR_DATA: join(place, 'postgres'),
    STORE_CONNECTIONS: '1',
    STORE_STATEMENT_MS: '100',
  });
  const module = await Test.createTestingModule({
    imports: [SettingsModule.of(settings), clockModule, StoreModule.of({ migrations: MIGRATIONS, open: true })],
  }).compile();
  app = await module.init();
  store = module.get(Store);
});

afterAll(async () => {
  await app.close();
  rmSync(place, { recursive: true });
});

describe('the store of a tool that never runs the program', () => {
  it('looks for no database', async () => {
    const settings = placeholderSettings([StoreSettings]);
    const module = await Test.createTestingModule({
      imports: [SettingsModule.of(settings), clockModule, StoreModule.of({ migrations: MIGRATIONS, open: false })],
    }).compile();
    const tool = await module.init();
    await expect(module.get(Store).clock()).rejects.toThrow('the store is not open');
    await tool.close();
  });
});

describe('the store on its embedded server', () => {
  it('is open when the application is, with its migrations applied', async () => {
    const { rows } = await store.read((reader) => sql`select * from fish`.execute(reader));
    expect(rows).toEqual([]);
  });

  it('brings the server back when it died', async () => {
    const { pid } = findPostmaster(data)!;
    process.kill(pid, 'SIGKILL');
    let answered = false;
    while (!answered)
      answered = await store.clock().then(
        () => findPostmaster(data)?.ready === true,
        () => false,
      );
    expect(findPostmaster(data)?.pid).not.toBe(pid);
  });

  it('does not wait for a connection that is frozen, and replaces it', async () => {
    const frozen = await backend();
    process.kill(frozen, 'SIGSTOP');
    try {
      await expect(store.clock()).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { system: 'store' } });
      expect(await backend()).not.toBe(frozen);
    } finally {
      process.kill(frozen, 'SIGCONT');
    }
  });
});
