import { describe, expect, it } from '@jest/globals';
import { loadSettings, SettingsError } from '#lib/config';
import { CacheSettings } from './cache.settings.js';

const settingsOf = (environment: Record<string, string>): object => ({
  ...loadSettings([CacheSettings], environment).get(CacheSettings),
});

describe('the settings of the cache', () => {
  it('need nothing', () => {
    expect(settingsOf({})).toEqual({ redisUrl: '', redisPrefix: 'saaltor', redisValueKey: '' });
  });

  it.each([
    'redis://10.0.0.7:6379/2',
    'rediss://saaltor:p%40ss@redis.example',
    'redis://[::1]:6379',
    '/run/redis/redis.sock',
  ])('take %s as the address', (url) => {
    expect(settingsOf({ REDIS_URL: url })).toMatchObject({ redisUrl: url });
  });

  it.each([
    ['REDIS_URL', 'redis.example:6379'],
    ['REDIS_URL', 'http://redis.example'],
    ['REDIS_URL', 'redis://redis.example?commandTimeout=5000'],
    ['REDIS_URL', '/run/redis/redis.sock?db=2'],
    ['REDIS_PREFIX', 'two words'],
    ['REDIS_VALUE_KEY', 'hunter2'],
  ])('refuse %s=%s', (variable, value) => {
    expect(() => settingsOf({ [variable]: value })).toThrow(SettingsError);
  });
});
