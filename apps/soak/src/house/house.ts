import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from '#lib/kernel';
import { EmbeddedServer } from '#lib/store';
import type { Measurement } from '../measure/measurement.js';
import { Control } from './control.js';
import { Program } from './program.js';
import { Redis } from './redis.js';

const SANDBOX = join(import.meta.dirname, '../../../sandbox/src/main.js');
const GATEWAY = join(import.meta.dirname, '../../../gateway/src/main.js');
const PROBE = pathToFileURL(join(import.meta.dirname, 'probe.js')).href;
/** Anyone can enter it, so that a database server that root starts can live there, too. */
const PLACE = process.platform === 'win32' ? tmpdir() : '/var/tmp';
/** A full collection takes a moment on a busy machine. */
const MEASURE_MS = 30_000;
/** Caches so small that they are full soon: what grows after that is no cache. */
const SMALL_CACHES = { CACHE_BYTES: '2000000', ANSWER_BYTES: '1000000' };

/** A gateway with its probe. */
export interface Gateway {
  readonly url: string;
  /** @throws Error when it does not answer: it is dead, or stands still */
  measure(): Promise<Measurement>;
}

/** A sandbox, a database, a Redis and gateways, each in a process of its own. */
export class House {
  private constructor(
    readonly control: Control,
    readonly gateways: readonly Gateway[],
    /** Null on a machine without the program. */
    readonly redis: Redis | null,
    private readonly end: (good: boolean) => Promise<void>,
    /** With the logs of all programs; removed after a good run. */
    readonly folder: string,
  ) {}

  /** @throws Error when a part does not start; then nothing is left running */
  static async open(instances: number): Promise<House> {
    const root = join(PLACE, `saaltor-soak-${process.getuid?.() ?? 'user'}`);
    mkdirSync(root, { recursive: true, mode: 0o755 });
    const folder = mkdtempSync(join(root, 'run-'));
    chmodSync(folder, 0o755);
    const output = openSync(join(folder, 'programs.log'), 'a');
    const place = { folder: join(folder, 'postgres'), programsFolder: root };
    const database = new EmbeddedServer({ ...place, clock: systemClock, report: () => undefined });
    const sandbox = Program.launch({ module: SANDBOX, environment: { SANDBOX_PORT: '0' }, output });
    const programs: Program[] = [];
    let redis: Redis | null = null;
    const end = async (good: boolean): Promise<void> => {
      await Promise.allSettled(programs.map((program) => program.stop()));
      redis?.stop();
      await Promise.allSettled([sandbox.stop(), database.release()]);
      closeSync(output);
      if (good) rmSync(folder, { recursive: true, force: true });
    };
    try {
      const [url, ready, started] = await Promise.all([
        database.start(),
        sandbox.hear<{ controlUrl: string; environment: Record<string, string> }>(),
        Redis.start(folder),
      ]);
      redis = started;
      const environment = {
        ...ready.environment,
        ...SMALL_CACHES,
        ...(redis && { REDIS_URL: redis.socket }),
        DATABASE_URL: url,
        PORT: '0',
        SAALTOR_ROLES: 'web,worker',
      };
      const gateways: Gateway[] = [];
      for (let number = 0; number < instances; number += 1) {
        const nodeOptions = ['--expose-gc', '--import', PROBE];
        const program = Program.launch({ module: GATEWAY, environment, nodeOptions, output });
        programs.push(program);
        const { url: address } = await program.hear<{ url: string }>();
        const measure = (): Promise<Measurement> => program.ask({ soak: 'measure' }, MEASURE_MS);
        gateways.push({ url: address, measure });
      }
      return new House(new Control(ready.controlUrl), gateways, redis, end, folder);
    } catch (error) {
      await end(false);
      throw new Error(`the house does not start; what its programs said stands in ${folder}/programs.log`, {
        cause: error,
      });
    }
  }

  /** @param good whether nothing is to be looked at any more */
  close(good: boolean): Promise<void> {
    return this.end(good);
  }
}
