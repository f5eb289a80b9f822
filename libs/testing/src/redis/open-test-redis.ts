import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisServer } from './redis-server.js';

/** A Redis of one suite, empty at first, and the means to make it fail. */
export interface TestRedis {
  /** Path of its socket, for REDIS_URL or a fault proxy before it. */
  readonly url: string;
  /** Stands still as a process, until it is told to go on. */
  freeze(): void;
  thaw(): void;
  /** Dies on the spot, with all that it held. */
  kill(): Promise<void>;
  /** Starts again, empty. */
  start(): Promise<void>;
  /** Names of all values. */
  listKeys(): Promise<string[]>;
  /** Name → value as bytes, of all values. */
  readAll(): Promise<Map<string, Buffer>>;
  /** Any command. */
  tell(command: string, ...args: (string | Buffer)[]): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens a server of its own; ask `hasRedisServer` before. */
export async function openTestRedis(): Promise<TestRedis> {
  const { Redis } = await import('ioredis');
  const folder = mkdtempSync(join(tmpdir(), 'saaltor-redis-'));
  const server = new RedisServer(folder);
  await server.start();
  const direct = new Redis({ path: server.socket, lazyConnect: true, retryStrategy: () => null });
  // Whoever asks a dead server learns it from the answer.
  direct.on('error', () => undefined);
  const listKeys = async (): Promise<string[]> => (await direct.keys('*')).toSorted();
  return {
    url: server.socket,
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    kill: () => server.kill(),
    start: async () => {
      await server.start();
      if (direct.status !== 'wait') await direct.connect();
    },
    listKeys,
    readAll: async () => {
      const keys = await listKeys();
      const values = await Promise.all(keys.map(async (key) => [key, await direct.getBuffer(key)] as const));
      return new Map(values.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])));
    },
    tell: (command, ...args) => direct.call(command, ...args),
    close: async () => {
      direct.disconnect();
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
