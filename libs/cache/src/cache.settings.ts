import { Matches } from 'class-validator';
import { FromEnv } from '#lib/config';

export class CacheSettings {
  /**
   * One Redis server behind memory, shared by all instances, or the path of its socket on this machine; without it values
   * are kept in memory only. No options after it: they would replace the limits on waiting. Holds a password.
   */
  @FromEnv('REDIS_URL', { default: '', secret: true })
  @Matches(/^$|^rediss?:\/\/[^\s?#]+$|^\/[^\s?#]+$/, {
    message: '$property must look like redis://user:password@host:6379/0 or /run/redis/redis.sock',
  })
  redisUrl: string;

  /** What all keys in Redis begin with. Installations that share a server need one each. */
  @FromEnv('REDIS_PREFIX', { default: 'saaltor' })
  @Matches(/^[\w.-]{1,40}$/, { message: '$property must be at most 40 letters, digits, dots and dashes' })
  redisPrefix: string;

  /** 32 bytes in base64 or base64url; what Redis keeps is encrypted with it. The same on all instances. */
  @FromEnv('REDIS_VALUE_KEY', { default: '', secret: true })
  @Matches(/^$|^[A-Za-z0-9+/_-]{43}=?$/, { message: '$property must be 32 bytes in base64' })
  redisValueKey: string;
}
