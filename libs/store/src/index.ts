// Other libs write their queries with these, so that none needs to know the query builder or the driver.
export { sql, type Generated, type Selectable, type Transaction } from 'kysely';
export { EmbeddedServer } from './embedded/embedded-server.js';
export { embeddedVersion } from './embedded/programs.js';
export { type MigrationSet } from './migrations/migration.js';
export { StoreModule } from './store.module.js';
export { StoreSettings } from './store.settings.js';
export { StoreStartError } from './store-start-error.js';
export { Store } from './store.js';
