import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { FromEnv } from '#lib/config';

export class UpstreamSettings {
  /** Calls under way at once per legacy system. */
  @FromEnv('UPSTREAM_CONCURRENT', { default: '64' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  concurrent: number;

  /** Calls that may wait for a place per legacy system. */
  @FromEnv('UPSTREAM_WAITING', { default: '256' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(10_000)
  waiting: number;

  /** Bound of the memory cache in bytes. */
  @FromEnv('CACHE_BYTES', { default: '67108864' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  cacheBytes: number;
}
