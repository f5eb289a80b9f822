import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '..');
const PATIENCE_MS = 120_000;

interface Started {
  readonly child: ChildProcess;
  /** All that was printed, once it says how to stop or the command has ended. */
  readonly output: Promise<string>;
  readonly ended: Promise<number | null>;
}

/** Runs what npm start runs. */
function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, ['tools/start.mjs'], { cwd: ROOT, env: { ...process.env, ...environment } });
  const ended = new Promise<number | null>((end) => child.once('exit', end));
  const output = new Promise<string>((print) => {
    let text = '';
    const collect = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes('Ctrl-C stops everything.')) print(text);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    void ended.then(() => print(text));
  });
  return { child, output, ended };
}

/** Does what the printed curl line does. */
async function paste(curl: string): Promise<{ data: Record<string, Record<string, unknown>>; states: string[] }> {
  const [, url] = /curl -s (\S+)/.exec(curl)!;
  const headers = Object.fromEntries(
    [...curl.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]),
  );
  const [, body] = / -d '([^']+)'/.exec(curl)!;
  const answer = await (await fetch(url!, { method: 'POST', headers: headers as Record<string, string>, body })).json();
  const { data, extensions } = answer as {
    data: Record<string, Record<string, unknown>>;
    extensions: { sources: { state: string }[] };
  };
  return { data, states: [...new Set(extensions.sources.map(({ state }) => state))] };
}

describe('npm start', () => {
  let folder: string;
  let running: Started | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'saaltor-start-'));
    // The embedded server's own account must be able to enter.
    chmodSync(folder, 0o755);
  });
  afterEach(async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const environment = (): Record<string, string> => ({
    PORT: '0',
    SANDBOX_PORT: '0',
    SAALTOR_DATA: join(folder, 'data'),
  });

  it(
    'prints people with passwords and links, and a curl line that answers all four companies, LIVE, then CACHED',
    async () => {
      running = start(environment());
      const output = await running.output;
      expect(output).toMatch(/aylin +password saaltor-aylin/);
      expect(output).toMatch(/erika +\(no sign-in\)/);
      expect(output).toMatch(/http:\/\/127\.0\.0\.1:\d+\/graphql\?persona=lena/);
      const curl = /^curl .+$/m.exec(output)![0];
      const [first, second] = [await paste(curl), await paste(curl)];
      for (const part of ['energy', 'housing', 'transit', 'pools']) expect(first.data['me']?.[part]).toBeTruthy();
      expect([first.states, second.states]).toEqual([['LIVE'], ['CACHED']]);
      running.child.kill('SIGINT');
      expect(await running.ended).toBe(0);
      await expect(paste(curl)).rejects.toThrow(/fetch failed/);
    },
    PATIENCE_MS,
  );

  it(
    'says in one line which port is taken and how to choose another, and leaves nothing running',
    async () => {
      const taken = createServer();
      await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
      const { port } = taken.address() as AddressInfo;
      running = start({ ...environment(), PORT: String(port) });
      const output = await running.output;
      taken.close();
      expect(await running.ended).toBe(1);
      const lines = output
        .split('\n')
        .filter((line) => line !== '' && !/^(Building|Installing|Setting up|The embedded)/.test(line));
      expect(lines).toEqual([
        expect.stringMatching(new RegExp(`^Port ${port} is taken.* PORT=${port + 1} npm start$`)),
      ]);
    },
    PATIENCE_MS,
  );
});
