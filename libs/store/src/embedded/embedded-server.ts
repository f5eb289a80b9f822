import { createHash, randomInt } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cancel, Clock } from '#lib/kernel';
import { pause, timeLimit } from '../pause.js';
import { StoreStartError } from '../store-start-error.js';
import { ensureCluster, readPassword, SERVER_USER } from './cluster.js';
import { guardServer } from './guard.js';
import { makeFolder, serverAccount } from './placement.js';
import { findPostmaster, type Postmaster } from './postmaster.js';
import { findPrograms, type Programs } from './programs.js';
import { runProgram } from './run-program.js';
import { ServerUsers } from './users.js';

/** Ports to try: below those that systems hand out for outgoing connections. */
const PORTS = { from: 20_000, to: 32_000 };
const START_MS = 60_000;
const STOP_SECONDS = 20;
const LONGEST_LOG_BYTES = 1_000_000;

/**
 * What the server is told, whatever its configuration file says. Its log leaves out errors of statements (`log` ranks
 * above `error`) and all details, because both quote values.
 */
const SERVER_OPTIONS =
  'fsync=on synchronous_commit=on full_page_writes=on unix_socket_directories= timezone=UTC log_timezone=UTC ' +
  'log_min_messages=log log_min_error_statement=panic log_error_verbosity=terse log_checkpoints=off';

export interface EmbeddedServerOptions {
  /** Folder of the server: data directory, log, list of users. */
  readonly folder: string;
  /** Folder for the copy of the programs that root needs; the server's own unless told. */
  readonly programsFolder?: string;
  readonly clock: Clock;
  /** Takes lines for the operator. */
  readonly report: (line: string) => void;
}

interface Site {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly programs: Programs;
  readonly users: ServerUsers;
}

/**
 * One use of the PostgreSQL server of a folder. Processes on one machine share it: the first starts it, the others find
 * it, the last one to leave stops it. It listens on 127.0.0.1 only and asks for a password (SCRAM).
 */
export class EmbeddedServer {
  private site: Site | undefined;
  private port: number | undefined;
  private inUse = false;
  private guarded: number | undefined;
  private endGuard: Cancel = () => undefined;

  constructor(private readonly options: EmbeddedServerOptions) {}

  /**
   * Finds the server running or starts it; called again after it died, it starts it on the same port if that is free.
   * @returns its address with password
   * @throws StoreStartError with the cause and a cure
   */
  async start(): Promise<string> {
    const site = (this.site ??= await this.prepare());
    site.users.enter();
    this.inUse = true;
    const limit = timeLimit(this.options.clock, START_MS);
    try {
      while (!limit.over) {
        const running = findPostmaster(site.data);
        if (running?.ready) return this.use(site, running);
        if (running === undefined) await this.launch(site);
        else await pause(this.options.clock, 20);
      }
    } finally {
      limit.cancel();
    }
    throw new StoreStartError(`The embedded PostgreSQL is not ready after ${START_MS} ms; its log is ${site.log}.`);
  }

  /** Stops the server for all its users: `fast` in good order, `immediate` like a crash. */
  async stop(mode: 'fast' | 'immediate'): Promise<void> {
    if (this.site === undefined || findPostmaster(this.site.data) === undefined) return;
    await this.control(this.site, ['stop', '-m', mode, '-t', String(STOP_SECONDS)]);
  }

  /** Ends this use; the last one stops the server. */
  async release(): Promise<void> {
    if (this.site === undefined || !this.inUse) return;
    this.inUse = false;
    const usedByOthers = this.site.users.leave();
    if (!usedByOthers) await this.stop('fast');
    this.endGuard();
    this.guarded = undefined;
  }

  private async prepare(): Promise<Site> {
    const { clock, report } = this.options;
    const account = serverAccount();
    const folder = makeFolder(this.options.folder, account, report);
    const cancel = clock.after(1_000, () => report('Setting up the embedded PostgreSQL (once, some seconds) …'));
    try {
      const { programsFolder = folder } = this.options;
      const programs = await findPrograms(makeFolder(programsFolder, account, report), account);
      const data = await ensureCluster(folder, programs, account);
      return { folder, data, log: join(data, 'saaltor.log'), programs, users: new ServerUsers(folder) };
    } finally {
      cancel();
    }
  }

  /** Tries to start the server. When the port is taken or another process is faster, the caller looks again. */
  private async launch(site: Site): Promise<void> {
    if (sizeOf(site.log) > LONGEST_LOG_BYTES) rmSync(site.log, { force: true });
    const logged = sizeOf(site.log);
    this.port ??= firstPort(site.data);
    const settings = SERVER_OPTIONS.split(' ').map((option) => `-c ${option}`);
    const wishes = `-h 127.0.0.1 -p ${this.port} ${settings.join(' ')}`;
    const code = await this.control(site, ['start', '-l', site.log, '-t', String(START_MS / 1_000), '-o', wishes]);
    if (code === 0) return;
    const said = sizeOf(site.log) > 0 ? readFileSync(site.log).subarray(logged).toString() : '';
    if (said.includes('could not create any TCP/IP sockets')) this.port = randomInt(PORTS.from, PORTS.to);
    else if (/lock file .* already exists|is still in use/.test(said)) await pause(this.options.clock, 50);
    else if (findPostmaster(site.data) === undefined) {
      const reason = /(?:FATAL|PANIC): +(.*)/.exec(said)?.[1] ?? `see ${site.log}`;
      throw new StoreStartError(`The embedded PostgreSQL does not start: ${reason}. Cure: set DATABASE_URL.`);
    }
  }

  private async control({ folder, data, programs }: Site, args: readonly string[]): Promise<number> {
    const options = { account: serverAccount(), folder, deadlineMs: START_MS + 5_000 };
    const { code } = await runProgram(join(programs.bin, 'pg_ctl'), [...args, '-s', '-w', '-D', data], options);
    return code;
  }

  /** Every user has a guard, so that the last one's stops the server, whoever started it. */
  private use({ data, users }: Site, { pid, port }: Postmaster): string {
    if (this.guarded !== pid) {
      this.endGuard();
      this.endGuard = guardServer(pid, data, users.folder);
      this.guarded = pid;
    }
    this.port = port;
    return `postgres://${SERVER_USER}:${readPassword(data)}@127.0.0.1:${port}/postgres`;
  }
}

/** The same for the same folder, so that restarts usually come back on the port that clients know. */
function firstPort(data: string): number {
  return PORTS.from + (createHash('sha256').update(data).digest().readUInt16BE() % (PORTS.to - PORTS.from));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
