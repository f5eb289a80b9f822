import { Global, Module } from '@nestjs/common';
import { CLOCK, DATA_STATE, type Clock, type DataState } from '#lib/kernel';
import { CacheSettings } from './cache.settings.js';
import { SHARED_VALUES, type SharedValues } from './shared-values.js';

/**
 * Provides SHARED_VALUES everywhere, null without a REDIS_URL; needs CLOCK and CacheSettings, and DATA_STATE where values
 * are kept under epochs of a database.
 */
@Global()
@Module({
  providers: [
    {
      provide: SHARED_VALUES,
      inject: [CLOCK, CacheSettings, { token: DATA_STATE, optional: true }],
      useFactory: async (clock: Clock, settings: CacheSettings, state?: DataState): Promise<SharedValues | null> => {
        if (settings.redisUrl === '') return null;
        // Only here: whoever has no Redis need not load its library.
        const { openRedisValues } = await import('./redis/redis-values.js');
        return openRedisValues(settings, clock, state);
      },
    },
  ],
  exports: [SHARED_VALUES],
})
export class CacheModule {}
