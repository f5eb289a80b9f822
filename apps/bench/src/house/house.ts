import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#lib/kernel';
import { EmbeddedServer } from '#lib/store';
import { Control } from './control.js';
import { Program, type Usage } from './program.js';

/** Programs of this project, as they were built. */
const APPS = join(import.meta.dirname, '../../..');
/** Anyone can enter it, so that a database server that root starts can live there, too. */
const PLACE = process.platform === 'win32' ? tmpdir() : '/var/tmp';
/** Where all clocks of a run begin: the day of the end-to-end tests, whose bills and tickets are the same every time. */
const BEGIN = Date.parse('2026-11-18T12:00:10Z');
/** Feeds that no answer of the bench needs: importing them takes seconds of the very processor that is measured. */
const FEEDS = new Set(['TRANSIT_GTFS_URL', 'HOUSING_OPENIMMO_URL']);

type Environment = Readonly<Record<string, string>>;

interface SandboxReady {
  readonly controlUrl: string;
  readonly issuer: string;
  readonly environment: Environment;
}

/** A program that answers requests. */
export interface Server {
  readonly program: Program;
  readonly port: number;
  /** From its start until it was ready. */
  readonly startMs: number;
}

/** The sandbox and the database that all contenders share, each in processes of its own. */
export class House {
  private readonly servers: Server[] = [];

  private constructor(
    private readonly folder: string,
    private readonly output: number,
    private readonly database: EmbeddedServer,
    readonly databaseUrl: string,
    readonly sandbox: Program,
    readonly control: Control,
    private readonly settings: Environment,
    private readonly legacyPorts: ReadonlySet<number>,
  ) {}

  /** @throws Error when a part does not start; then nothing is left running */
  static async open(): Promise<House> {
    const root = join(PLACE, `saaltor-bench-${process.getuid?.() ?? 'user'}`);
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
    const sandbox = Program.launch({
      module: moduleOf('sandbox'),
      environment: { SANDBOX_PORT: '0', ...clock() },
      output,
    });
    try {
      const [url, { controlUrl, issuer, environment }] = await Promise.all([
        database.start(),
        sandbox.ready<SandboxReady>(),
      ]);
      const control = new Control(controlUrl);
      const settings = { ...environment, DATABASE_URL: url };
      const legacy = legacyPortsOf(environment, [controlUrl, issuer]);
      return new House(folder, output, database, url, sandbox, control, settings, legacy);
    } catch (error) {
      await Promise.allSettled([sandbox.stop(), database.release()]);
      throw new Error(`the bench does not start; what its programs said stands in ${folder}/programs.log`, {
        cause: error,
      });
    }
  }

  /** Starts a program of this project. @param extra settings besides the sandbox's */
  startApp(app: string, args: readonly string[] = [], extra: Environment = {}): Promise<Server> {
    return this.start(moduleOf(app), args, { ...withoutFeeds(this.settings), ...extra });
  }

  /** As {@link startApp}, with all feeds, as a real one starts. */
  startWhole(app: string): Promise<Server> {
    return this.start(moduleOf(app), [], this.settings);
  }

  /** Starts a peer. @param module path of its program */
  startPeer(module: string, extra: Environment = {}): Promise<Server> {
    return this.start(module, [], { ...this.settings, ...extra });
  }

  /** A place for files that the programs read. */
  fileAt(name: string): string {
    return join(this.folder, name);
  }

  async stop(server: Server): Promise<void> {
    this.servers.splice(this.servers.indexOf(server), 1);
    await server.program.stop();
  }

  /** Calls that legacy systems have got so far; sign-in and control do not count. */
  async legacyCalls(): Promise<number> {
    const { requests } = await this.sandbox.usage();
    return countOf(requests, this.legacyPorts);
  }

  /** Ends everything. @param keep the folder with what the programs said */
  async close(keep: boolean): Promise<void> {
    await Promise.allSettled(this.servers.map(({ program }) => program.stop()));
    await Promise.allSettled([this.sandbox.stop(), this.database.release()]);
    closeSync(this.output);
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(module: string, args: readonly string[], extra: Environment): Promise<Server> {
    const begun = performance.now();
    const environment = { ...clock(), ...extra, PORT: '0' };
    const program = Program.launch({ module, args, environment, output: this.output });
    const { url } = await program.ready<{ url: string }>();
    const server = { program, port: Number(new URL(url).port), startMs: performance.now() - begun };
    this.servers.push(server);
    return server;
  }
}

function moduleOf(app: string): string {
  return join(APPS, app, 'src/main.js');
}

function clock(): Environment {
  return { BENCH_CLOCK_OFFSET_MS: String(BEGIN - runBegan) };
}

/** Every program gets the same offset, whenever it starts. */
const runBegan = Date.now();

function withoutFeeds(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !FEEDS.has(name)));
}

function legacyPortsOf(environment: Environment, others: readonly string[]): ReadonlySet<number> {
  const urls = Object.values(environment).filter((value) => value.startsWith('http:') && URL.canParse(value));
  const not = new Set(others.map((url) => new URL(url).port));
  return new Set(
    urls
      .map((url) => new URL(url).port)
      .filter((port) => port !== '' && !not.has(port))
      .map(Number),
  );
}

function countOf(requests: Usage['requests'], ports: ReadonlySet<number>): number {
  return [...requests].reduce((sum, [port, count]) => sum + (ports.has(port) ? count : 0), 0);
}
