import { AccessRecord } from '#lib/customer';
import { loadSettings, placeholderSettings } from '#lib/config';
import { systemClock } from '#lib/kernel';
import { CommandRegistry, OperatorDesk } from '#lib/processes';
import { Store, StoreSettings } from '#lib/store';
import { createGateway } from '../create-gateway.js';
import { SETTINGS } from '../gateway.module.js';
import { migrations } from '../migrations.js';

/**
 * Opens the operators' desk over the database that the environment names, and closes it again. The program itself is
 * built but never runs, so nothing but the database is asked for or needed.
 * @throws SettingsError, StoreStartError, and what `work` throws
 */
export async function withDesk<T>(
  environment: Readonly<Record<string, string | undefined>>,
  work: (desk: OperatorDesk) => Promise<T>,
): Promise<T> {
  const loaded = loadSettings([StoreSettings], environment);
  const app = await createGateway(new Map([...placeholderSettings(SETTINGS), ...loaded]), { open: false });
  const store = new Store(loaded.get(StoreSettings) as StoreSettings, systemClock, { migrations, open: true });
  try {
    await store.onModuleInit();
    const registry = app.get(CommandRegistry, { strict: false });
    return await work(new OperatorDesk(store, registry, new AccessRecord(store, systemClock), systemClock));
  } finally {
    await store.onApplicationShutdown();
    await app.close();
  }
}
