import { loadSettings } from '#lib/config';
import { systemClock } from '#lib/kernel';
import type { MigrationSet, Store } from '#lib/store';
import { openEmbeddedDatabase } from './embedded-database.js';
import { openGivenDatabase } from './given-database.js';
import type { TestDatabase } from './test-database.js';

export interface TestStore extends Omit<TestDatabase, 'close'> {
  readonly store: Store;
  /** Another instance on the same database, as a second gateway would have; closed with this one. */
  another(): Promise<Store>;
  /** Stops like a crash and starts again; connections break, what was committed stays. */
  restart(): Promise<void>;
  /** Closes all instances and removes the database. */
  close(): Promise<void>;
}

/** A database for one suite: on the server of DATABASE_URL where that is set, else on an embedded server of its own. */
export function openTestDatabase(): Promise<TestDatabase> {
  const { DATABASE_URL: given } = process.env;
  return given ? openGivenDatabase(given) : openEmbeddedDatabase();
}

/** An open store on a new, empty database, with these migrations applied. Open it in `beforeAll`, close it after. */
export async function openTestStore(migrations: readonly MigrationSet[] = []): Promise<TestStore> {
  const database = await openTestDatabase();
  const stores: Store[] = [];
  const another = async (): Promise<Store> => {
    const store = await openStore(database.url, migrations);
    stores.push(store);
    return store;
  };
  return {
    ...database,
    store: await another(),
    another,
    restart: async () => {
      await database.stopImmediately();
      await database.start();
    },
    close: async () => {
      for (const store of stores) await store.onApplicationShutdown();
      await database.close();
    },
  };
}

/** Opens a store on that database. @throws StoreStartError as the gateway's start would */
export async function openStore(
  url: string,
  migrations: readonly MigrationSet[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Store> {
  const { Store, StoreSettings } = await import('#lib/store');
  const loaded = loadSettings([StoreSettings], { ...environment, DATABASE_URL: url });
  const store = new Store(loaded.get(StoreSettings) as InstanceType<typeof StoreSettings>, systemClock, {
    migrations,
    open: true,
  });
  await store.onModuleInit();
  return store;
}
