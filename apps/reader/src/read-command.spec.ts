import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import type { FormatReader } from '#lib/subsidiary-kit';
import { readBounded } from './read-bounded.js';
import { runRead } from './read-command.js';

const reader = (format: string, read: FormatReader['read']): FormatReader => ({
  format,
  describe: `Format ${format}`,
  covers: () => true,
  read,
});

const READERS = [
  reader('lines', (bytes) => ({ lines: bytes.toString('utf8').split('\n') })),
  reader('strict', () => {
    throw new AppError('UPSTREAM_MALFORMED', 'x', { path: 'd.results[1]\u001b[31m', reason: 'is\nmissing' });
  }),
  reader('crash', (bytes) => JSON.parse(bytes.toString('utf8'))),
];

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runRead(args, READERS, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

describe('read', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reader-'));
    await writeFile(join(folder, 'a.txt'), 'Straße\nzwei');
    await writeFile(join(folder, 'empty.txt'), '');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('prints the model as JSON', async () => {
    const { code, out, err } = await run('lines', join(folder, 'a.txt'));
    expect([code, err]).toEqual([0, []]);
    expect(out).toEqual(['{\n  "lines": [\n    "Straße",\n    "zwei"\n  ]\n}']);
  });

  it('reads an empty file', async () => {
    const { out } = await run('lines', join(folder, 'empty.txt'));
    expect(JSON.parse(out.join(''))).toEqual({ lines: [''] });
  });

  it('tells file, place and reason of a refusal in one clean line', async () => {
    const file = join(folder, 'a.txt');
    expect(await run('strict', file)).toEqual({ code: 1, out: [], err: [`${file}: d.results[1]?[31m: is?missing`] });
  });

  it('does not quote the file when a reader crashes', async () => {
    const file = join(folder, 'a.txt');
    expect(await run('crash', file)).toEqual({
      code: 1,
      out: [],
      err: [`${file}: -: the reader crashed (SyntaxError)`],
    });
  });

  it.each([
    ['is missing', 'none.txt', 'cannot be read (ENOENT)'],
    ['is a folder', '.', 'is not a file'],
  ])('says so when the file %s', async (_, name, reason) => {
    const file = join(folder, name);
    expect(await run('lines', file)).toEqual({ code: 1, out: [], err: [`${file}: -: ${reason}`] });
  });

  it('does not read more than its bound', async () => {
    await expect(readBounded(join(folder, 'a.txt'), 5)).rejects.toThrow('is larger than 5 bytes');
  });

  it.each([
    ['nothing', []],
    ['a format only', ['lines']],
    ['an unknown format', ['toString', 'a.txt']],
    ['too many files', ['lines', 'a.txt', 'b.txt']],
  ])('answers %s with the list of formats and code 2', async (_, args) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('')).toContain('lines   Format lines');
  });

  it('helps on stdout', async () => {
    const { code, out, err } = await run('--help');
    expect([code, err]).toEqual([0, []]);
    expect(out.join('')).toContain('npm run read -- <Format> <Datei>');
  });
});
