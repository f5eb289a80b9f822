import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '#lib/kernel';
import { EmbeddedServer } from '#lib/store';
import { Control } from '../client/control.js';
import type { Death, Outage } from '../compare/takeovers.js';
import { Instance } from './instance.js';
import { Program } from './program.js';
import { StepLog } from './step-log.js';

const SANDBOX = join(import.meta.dirname, '../../../sandbox/src/main.js');
/** Anyone can enter it, so that a database server that root starts can live there, too. */
const PLACE = process.platform === 'win32' ? tmpdir() : '/var/tmp';

interface SandboxReady {
  readonly controlUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Feeds that a gateway can do without: importing them costs each start seconds, and commands need none of them. */
const FEEDS = new Set(['TRANSIT_GTFS_URL', 'HOUSING_OPENIMMO_URL']);

/** A sandbox, a database and several gateways, each in processes of its own, and the means to disturb them. */
export class House {
  readonly deaths: Death[] = [];
  readonly outages: Outage[] = [];

  private constructor(
    /** With the logs of all programs; removed at the end unless something is to be looked at. */
    readonly folder: string,
    readonly control: Control,
    readonly instances: readonly Instance[],
    readonly steps: StepLog,
    private readonly sandbox: Program,
    private readonly database: EmbeddedServer,
    private readonly output: number,
  ) {}

  /** @throws Error when a part does not start; then nothing is left running */
  static async open(count: number): Promise<House> {
    const root = join(PLACE, `saaltor-torture-${process.getuid?.() ?? 'user'}`);
    mkdirSync(root, { recursive: true, mode: 0o755 });
    const folder = mkdtempSync(join(root, 'run-'));
    chmodSync(folder, 0o755);
    const output = openSync(join(folder, 'programs.log'), 'a');
    const database = new EmbeddedServer({
      folder: join(folder, 'postgres'),
      programsFolder: root,
      clock: systemClock,
      report: () => undefined,
    });
    const sandbox = Program.launch({ module: SANDBOX, environment: { SANDBOX_PORT: '0' }, output });
    const steps = new StepLog(join(folder, 'steps.log'));
    const instances: Instance[] = [];
    try {
      const [url, { controlUrl, environment }] = await Promise.all([database.start(), sandbox.ready<SandboxReady>()]);
      const settings = { ...withoutFeeds(environment), DATABASE_URL: url };
      for (let number = 0; number < count; number += 1) instances.push(new Instance(settings, steps.file, output));
      const house = new House(folder, new Control(controlUrl), instances, steps, sandbox, database, output);
      await Promise.all(instances.map((instance) => instance.start()));
      return house;
    } catch (error) {
      await Promise.allSettled([...instances.map((each) => each.kill()), sandbox.stop(), database.release()]);
      throw new Error(`the house does not start; what its programs said stands in ${folder}/programs.log`, {
        cause: error,
      });
    }
  }

  /** Kills an instance in the middle of whatever it does. */
  async kill(instance: Instance): Promise<void> {
    const { pid } = instance;
    await instance.kill();
    this.noteDeath(pid);
  }

  /** Notes that an instance carries nothing out from that moment on. */
  noteDeath(pid: number, at = Date.now()): void {
    this.deaths.push({ at, pid });
  }

  /** Stops the database like a crash, and starts it again after a while. */
  async interruptDatabase(milliseconds: number): Promise<void> {
    const from = Date.now();
    await this.database.stop('immediate');
    await sleep(milliseconds);
    await this.database.start();
    this.outages.push({ from, until: Date.now() });
  }

  /** Ends everything; gateways are used to it. @param keep the folder with the logs */
  async close(keep: boolean): Promise<void> {
    await Promise.allSettled(this.instances.map((instance) => instance.kill()));
    await Promise.allSettled([this.sandbox.stop(), this.database.release()]);
    this.steps.close();
    closeSync(this.output);
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }
}

function withoutFeeds(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !FEEDS.has(name)));
}
