export { ValueCache, type CacheEntry } from './value-cache.js';
