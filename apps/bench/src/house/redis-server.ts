import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/bin/redis-server';
const START_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** A Redis server for this run. */
export interface RedisServer {
  readonly url: string;
  stop(): void;
}

/**
 * The server of REDIS_URL, or one of our own that keeps nothing on disk and listens on a socket only.
 * @param socket path that it may use
 * @returns undefined where there is neither
 */
export async function openRedis(socket: string): Promise<RedisServer | undefined> {
  const given = process.env['REDIS_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: () => undefined };
  if (!existsSync(PROGRAM)) return undefined;
  const child = spawn(PROGRAM, ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const stop = (): void => void child.kill('SIGKILL');
  process.once('exit', stop);
  await untilThere(socket, child);
  return { url: socket, stop };
}

async function untilThere(socket: string, child: ChildProcess): Promise<void> {
  for (const end = performance.now() + START_MS; performance.now() < end;) {
    if (child.exitCode !== null) break;
    if (existsSync(socket)) return;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error('redis-server does not start');
}
