import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = 'redis-server';
const SOCKET = 'redis.sock';

/**
 * Whether this machine has the program. Where it has not, a line says what was not run, and under CI it is an error.
 * @param suite what needs it
 */
export function hasRedisServer(suite: string): boolean {
  if (spawnSync(PROGRAM, ['--version']).status === 0) return true;
  const said = `not run: ${suite}, because there is no ${PROGRAM} on this machine`;
  if (process.env['CI'] === 'true') throw new Error(said);
  process.stderr.write(`${said}\n`);
  return false;
}

/** The program in a folder of its own, reached by a socket there: no port that someone else could take. It keeps nothing. */
export class RedisServer {
  readonly socket: string;
  private process: ChildProcess | null = null;

  constructor(private readonly folder: string) {
    this.socket = join(folder, SOCKET);
  }

  /** Ends when it takes connections. */
  async start(): Promise<void> {
    const settings = { port: '0', unixsocket: this.socket, save: '', appendonly: 'no', dir: this.folder };
    const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(PROGRAM, options, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.process = child;
    // Should this process die first.
    process.once('exit', this.abandon);
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject).once('exit', () => reject(new Error(`${PROGRAM} did not start`)));
      // Read to the end: a full pipe would stop it.
      createInterface(child.stdout).on('line', (line) => /ready to accept connections/i.test(line) && resolve());
    });
  }

  /** Stands still: connections stay open, new ones wait, nothing is answered. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  /** Goes on where it stood still. */
  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  /** Dies on the spot, and what it held with it. */
  async kill(): Promise<void> {
    const child = this.process;
    if (child === null) return;
    this.process = null;
    process.removeListener('exit', this.abandon);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private readonly abandon = (): void => void this.process?.kill('SIGKILL');
}
