import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { systemClock } from '#lib/kernel';
import { EmbeddedServer } from './embedded-server.js';
import { guardServer } from './guard.js';
import { serverAccount } from './placement.js';
import { findPostmaster } from './postmaster.js';

// Servers that start and crash take their time on a busy machine.
jest.setTimeout(60_000);

const asRoot = process.getuid?.() === 0;
let place: string;
let folder: string;
let data: string;
const opened: EmbeddedServer[] = [];
const lines: string[] = [];

function serverIn(where: string): EmbeddedServer {
  const server = new EmbeddedServer({
    folder: where,
    programsFolder: join(place, 'programs'),
    clock: systemClock,
    report: (line) => lines.push(line),
  });
  opened.push(server);
  return server;
}

/** One statement over a connection of its own. */
async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('timeout', () => resolve(false)).on('close', () => socket.destroy());
    socket.on('connect', () => socket.destroy());
  });
}

/** Resolves when no server runs on the data directory any more. */
async function stopped(): Promise<void> {
  while (findPostmaster(data) !== undefined) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

beforeAll(async () => {
  place = mkdtempSync('/var/tmp/saaltor-embedded-spec-');
  chmodSync(place, 0o755);
  folder = join(place, 'server');
  data = join(folder, 'data');
  const server = serverIn(folder);
  await ask(await server.start(), 'create table kept (id int)');
  await server.release();
});

afterEach(async () => {
  for (const server of opened.splice(0)) await server.release();
  lines.length = 0;
});

afterAll(() => rmSync(place, { recursive: true }));

describe('the embedded server', () => {
  it('keeps what was written, and durably, whatever its configuration file says', async () => {
    const url = await serverIn(folder).start();
    expect(await ask(url, 'select count(*)::int as rows from kept')).toEqual([{ rows: 0 }]);
    const settings =
      "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')";
    expect((await ask(url, settings)).map(({ setting }) => setting)).toEqual(['on', 'on', 'on']);
  });

  it('knows Unicode', async () => {
    const url = await serverIn(folder).start();
    const question = "select upper('straße öl') as upper, current_setting('server_encoding') as encoding";
    expect(await ask(url, question)).toEqual([{ upper: 'STRAßE ÖL', encoding: 'UTF8' }]);
  });

  it('never runs as root, and its data and password are closed to others', async () => {
    await serverIn(folder).start();
    const { uid, mode } = statSync(data);
    expect(uid).toBe(serverAccount()?.uid ?? process.getuid?.());
    expect(uid).not.toBe(0);
    expect(mode & 0o077).toBe(0);
    expect(statSync(join(data, 'saaltor.password')).mode & 0o077).toBe(0);
  });

  it('asks for the password and listens on this machine only', async () => {
    const url = new URL(await serverIn(folder).start());
    const port = Number(url.port);
    url.password = 'guessed';
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(await canConnect('127.0.0.1', port)).toBe(true);
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(await canConnect(address, port)).toBe(false);
    }
  });

  it('is shared: the second start finds it, the last one to leave stops it', async () => {
    const [first, second] = [serverIn(folder), serverIn(folder)];
    const url = await first.start();
    const { pid } = findPostmaster(data)!;
    expect(await second.start()).toBe(url);
    expect(findPostmaster(data)).toMatchObject({ pid, ready: true });
    await first.release();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.release();
    expect(findPostmaster(data)).toBeUndefined();
  });

  it('is started once by starts at the same time', async () => {
    const urls = await Promise.all([1, 2, 3].map(() => serverIn(folder).start()));
    expect(new Set(urls).size).toBe(1);
  });

  it('is found by the next start after its users died, and stopped by it', async () => {
    await serverIn(folder).start();
    writeFileSync(join(folder, 'users', '4194304.dead'), '');
    const { pid } = findPostmaster(data)!;
    const next = serverIn(folder);
    await next.start();
    expect(findPostmaster(data)?.pid).toBe(pid);
    await opened[0]!.release();
    await next.release();
    expect(findPostmaster(data)).toBeUndefined();
  });

  it('starts again after it was killed, on the port its clients know', async () => {
    const server = serverIn(folder);
    const url = await server.start();
    await ask(url, 'insert into kept values (1)');
    process.kill(findPostmaster(data)!.pid, 'SIGKILL');
    await stopped();
    expect(await server.start()).toBe(url);
    expect(await ask(url, 'delete from kept returning id')).toEqual([{ id: 1 }]);
  });

  it('starts although the number in its lock file belongs to another process now', async () => {
    const stranger = spawn('/bin/sleep', ['60'], { ...serverAccount(), stdio: 'ignore' });
    try {
      const lock = [stranger.pid, data, 1_795_000_000, 5432, '', '127.0.0.1', '        1         1', 'ready   '];
      writeFileSync(join(data, 'postmaster.pid'), `${lock.join('\n')}\n`);
      const url = await serverIn(folder).start();
      expect(findPostmaster(data)?.pid).not.toBe(stranger.pid);
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('takes another port when its own is taken', async () => {
    const first = serverIn(folder);
    const { port } = new URL(await first.start());
    await first.release();
    const other = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${port}, '127.0.0.1', () => console.log(1))`,
    ]);
    try {
      await new Promise((resolve) => {
        other.stdout.once('data', resolve);
      });
      const url = await serverIn(folder).start();
      expect(new URL(url).port).not.toBe(port);
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is stopped by the guard of its last user, even after kill -9', async () => {
    await serverIn(folder).start();
    const { pid } = findPostmaster(data)!;
    const users = mkdtempSync(join(place, 'users-'));
    const user = spawn('/bin/sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(users, `${user.pid}.0`), '');
    const [endFirst, endLast] = [guardServer(pid, data, users), guardServer(pid, data, users)];
    // A guard's pipe ends exactly so when its process is gone.
    endFirst();
    expect(findPostmaster(data)).toMatchObject({ pid, ready: true });
    user.kill('SIGKILL');
    await new Promise((resolve) => {
      user.once('exit', resolve);
    });
    endLast();
    await stopped();
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(false);
  });

  it('writes no statements and no values to its log', async () => {
    const url = await serverIn(folder).start();
    await expect(ask(url, "select 'kanarie'::int")).rejects.toMatchObject({ code: '22P02' });
    expect(readFileSync(join(data, 'saaltor.log'), 'utf8')).not.toMatch(/kanarie/);
  });

  it('refuses data of another major version, and says what to do', async () => {
    const version = join(data, 'PG_VERSION');
    const made = readFileSync(version, 'utf8');
    writeFileSync(version, '9\n');
    try {
      await expect(serverIn(folder).start()).rejects.toThrow(/of PostgreSQL 9, the programs of \d+\. Cure: /);
    } finally {
      writeFileSync(version, made);
    }
  });

  it('refuses a folder that others may write to', async () => {
    const open = mkdtempSync(join(place, 'open-'));
    chmodSync(open, 0o777);
    await expect(serverIn(open).start()).rejects.toThrow(/others may write to it\. Cure: /);
  });

  (asRoot ? it : it.skip)(
    'as root, keeps its data where its account can reach them, and says so',
    async () => {
      const home = mkdtempSync(join(place, 'home-'));
      chmodSync(home, 0o700);
      const server = serverIn(join(home, 'checkout/.saaltor/postgres'));
      const url = await server.start();
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      const [line] = lines;
      const moved = /keeps its data in (\/var\/tmp\/saaltor-[0-9a-f]{16}): its account cannot reach /.exec(
        line ?? '',
      )?.[1];
      expect(existsSync(join(moved!, 'data', 'PG_VERSION'))).toBe(true);
      await server.release();
      rmSync(moved!, { recursive: true });
    },
    60_000,
  );
});
