import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** All libs, as they run: this file stands in `cache/src/redis`. */
const LIBS = resolve(import.meta.dirname, '../../..');
const CODE = /(?<!\.spec)\.[jt]s$/;
const MARK_CHARACTERS = 12;

let mark: string | undefined;

/**
 * Changes whenever the code of the libs does, and with it the names of all values. A version number that somebody must
 * raise would be forgotten once, and then a new build would read values without the fields that it has added.
 */
export function buildMark(): string {
  mark ??= markOf(LIBS);
  return mark;
}

/** Digest of names and contents of all code below a folder. */
export function markOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of listCode(folder)) hash.update(`${path}\n`).update(readFileSync(join(folder, path)));
  return hash.digest('base64url').slice(0, MARK_CHARACTERS);
}

function listCode(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => CODE.test(path)).toSorted();
}
