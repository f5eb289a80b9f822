import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = 'redis-server';

/** A Redis of this run, reached by a socket in its folder, that can be frozen. */
export class Redis {
  private constructor(
    private readonly child: ChildProcess,
    /** For REDIS_URL. */
    readonly socket: string,
  ) {
    process.once('exit', this.end);
  }

  /** @returns null on a machine without the program */
  static async start(folder: string): Promise<Redis | null> {
    if (spawnSync(PROGRAM, ['--version']).status !== 0) return null;
    const socket = join(folder, 'redis.sock');
    const settings = {
      port: '0',
      unixsocket: socket,
      save: '',
      appendonly: 'no',
      dir: folder,
      maxmemory: '64mb',
      'maxmemory-policy': 'allkeys-lru',
    };
    const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(PROGRAM, options, { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject).once('exit', () => reject(new Error(`${PROGRAM} did not start`)));
      createInterface(child.stdout).on('line', (line) => /ready to accept connections/i.test(line) && resolve());
    });
    return new Redis(child, socket);
  }

  /** Stands still with its connections open, as on a machine that swaps. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  stop(): void {
    process.removeListener('exit', this.end);
    this.end();
  }

  private readonly end = (): void => void this.child.kill('SIGKILL');
}
