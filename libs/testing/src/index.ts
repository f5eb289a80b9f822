export { customerOf, directoryOf, noRecord } from './customers.js';
export { openFaultProxy, type FaultProxy } from './network/fault-proxy.js';
export { openTestRedis, type TestRedis } from './redis/open-test-redis.js';
export { hasRedisServer } from './redis/redis-server.js';
export { customerPrincipal, openScope } from './scope.js';
export { openStore, openTestDatabase, openTestStore, type TestStore } from './store/open-test-store.js';
export { type TestDatabase } from './store/test-database.js';
export { settle, TestClock } from './test-clock.js';
export { until } from './until.js';
