export { CacheModule } from './cache.module.js';
export { CacheSettings } from './cache.settings.js';
export { type RedisValues } from './redis/redis-values.js';
export { SHARED_VALUES, type SharedValues } from './shared-values.js';
export { ValueCache, type CacheEntry } from './value-cache.js';
