export { customerOf, directoryOf, noRecord } from './customers.js';
export { customerPrincipal, openScope } from './scope.js';
export { openStore, openTestDatabase, openTestStore, type TestStore } from './store/open-test-store.js';
export { type TestDatabase } from './store/test-database.js';
export { settle, TestClock } from './test-clock.js';
