import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sources of the peers are, and where they are installed: nothing below apps/ is but sources. */
const SOURCES = 'apps/bench/peers';
const PLACE = '.saaltor/bench/peers';
const INSTALL_MS = 300_000;

/**
 * Puts the peers in place, and installs what they need when their lock file has changed.
 * @param root of the checkout
 * @returns the folder with their programs
 */
export async function placePeers(root: string, tell: (line: string) => void): Promise<string> {
  const place = join(root, PLACE);
  const lock = 'package-lock.json';
  const isInstalled = existsSync(join(place, 'node_modules')) && sameText(join(root, SOURCES, lock), join(place, lock));
  mkdirSync(place, { recursive: true });
  cpSync(join(root, SOURCES), place, { recursive: true });
  if (isInstalled) return place;
  tell('installing the peers (once)');
  await install(place);
  return place;
}

function sameText(left: string, right: string): boolean {
  return existsSync(left) && existsSync(right) && readFileSync(left, 'utf8') === readFileSync(right, 'utf8');
}

function install(place: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['ci', '--no-audit', '--no-fund'];
    const child = spawn('npm', args, { cwd: place, stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_MS });
    let problem = '';
    child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`the peers cannot be installed: ${problem.slice(-500)}`)),
    );
  });
}
