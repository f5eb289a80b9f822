import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '#lib/kernel';
import type { EmbeddedServer } from '#lib/store';
import type { TestDatabase } from './test-database.js';

/** Anyone can enter it, unlike a home, so that a server that root starts can live there, too. */
const PLACE = process.platform === 'win32' ? tmpdir() : '/var/tmp';
/** Folders that a killed run left behind are removed after that time. */
const LEFTOVER_MS = 86_400_000;

/** A PostgreSQL server of its own, on a copy of a data directory that is made once per machine: no initdb to wait for. */
export async function openEmbeddedDatabase(): Promise<TestDatabase> {
  const { embeddedVersion, EmbeddedServer } = await import('#lib/store');
  const root = join(PLACE, `saaltor-test-${embeddedVersion()}-${process.getuid?.() ?? 'user'}`);
  const runs = join(root, 'runs');
  mkdirSync(runs, { recursive: true, mode: 0o755 });
  removeLeftovers(runs);
  const serverIn = (folder: string): EmbeddedServer =>
    new EmbeddedServer({ folder, programsFolder: root, clock: systemClock, report: () => undefined });
  const template = join(root, 'template');
  if (!existsSync(template)) await makeTemplate(template, serverIn);
  const folder = mkdtempSync(join(runs, 'run-'));
  await copyWithOwners(join(template, 'data'), join(folder, 'data'));
  const server = serverIn(folder);
  return {
    url: await server.start(),
    stopImmediately: () => server.stop('immediate'),
    start: async () => void (await server.start()),
    close: async () => {
      await server.release();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whoever is first gives it its name; others that made one at the same time throw theirs away. */
async function makeTemplate(template: string, serverIn: (folder: string) => EmbeddedServer): Promise<void> {
  const own = `${template}.${process.pid}`;
  const server = serverIn(own);
  await server.start();
  await server.release();
  try {
    renameSync(own, template);
  } catch (error) {
    if (!existsSync(template)) throw error;
    rmSync(own, { recursive: true });
  }
}

async function copyWithOwners(source: string, target: string): Promise<void> {
  if (process.platform === 'win32') await cp(source, target, { recursive: true });
  else await promisify(execFile)('/bin/cp', ['-Rp', source, target]);
}

function removeLeftovers(runs: string): void {
  for (const name of readdirSync(runs)) {
    const path = join(runs, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - changed > LEFTOVER_MS) rmSync(path, { recursive: true, force: true });
  }
}
