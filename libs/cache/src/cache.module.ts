import { Global, Module } from '@nestjs/common';
import { CLOCK, type Clock } from '#lib/kernel';
import { CacheSettings } from './cache.settings.js';
import { SHARED_VALUES, type SharedValues } from './shared-values.js';

/** Provides SHARED_VALUES everywhere, null without a REDIS_URL; needs CLOCK and CacheSettings. */
@Global()
@Module({
  providers: [
    {
      provide: SHARED_VALUES,
      inject: [CLOCK, CacheSettings],
      useFactory: async (clock: Clock, settings: CacheSettings): Promise<SharedValues | null> => {
        if (settings.redisUrl === '') return null;
        // Only here: whoever has no Redis need not load its library.
        const { openRedisValues } = await import('./redis/redis-values.js');
        return openRedisValues(settings, clock);
      },
    },
  ],
  exports: [SHARED_VALUES],
})
export class CacheModule {}
