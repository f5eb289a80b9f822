import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { malformed } from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';
import { attemptRead } from './attempt.js';
import { runSamples } from './samples-command.js';

/** Reads JSON of the area `numbers`; refuses what is no number and crashes on null. */
const numbers: FormatReader = {
  format: 'numbers',
  describe: 'Zahlen',
  covers: (path) => path.startsWith('numbers/') && path.endsWith('.json'),
  read: (bytes) => {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (value === null) throw new TypeError('null');
    if (typeof value !== 'number') throw malformed('$', 'is not a number');
    return value;
  },
};

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) };
  const code = await runSamples(args, [numbers], terminal, (_, file, path) => attemptRead(numbers, file, path));
  return { code, out, err };
}

describe('samples', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samples-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (path: string, content: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };

  const PROVENANCE =
    '| made.json | x | HAND-MADE |\n| sub/made.json | x | HAND-MADE |\n| null.json | x | HAND-MADE |\n';

  it('passes what reads and what a hand made badly, and lists the rest', async () => {
    await write('numbers/PROVENANCE.md', PROVENANCE);
    await write('numbers/good.json', '1');
    await write('numbers/made.json', '"x"');
    await write('numbers/sub/made.json', '2');
    await write('numbers/schema/one.json', '{}');
    await write('numbers/photo.PNG', '');
    await write('numbers/.hidden', '');
    await write('letters/a.txt', 'a');
    expect(await run(folder)).toEqual({
      code: 0,
      err: [],
      out: [
        'not covered letters/a.txt',
        'reference numbers/PROVENANCE.md',
        'ok numbers/good.json',
        'refused numbers/made.json: $: is not a number',
        'reference numbers/photo.PNG',
        'reference numbers/schema/one.json',
        'ok numbers/sub/made.json',
        '1 not covered',
        '3 passed, 0 failed',
      ],
    });
  });

  it('takes what describes data for reference and not what merely looks like it', async () => {
    await write('numbers/named.json', '{"$schema": "http://json-schema.org/draft-07/schema#"}');
    await write('numbers/place.json', '{"type": "Feature", "properties": {"height": {}}}');
    await write('numbers/thing.json', '{"type": ["object", "null"], "properties": {"id": {"type": "integer"}}}');
    await write('numbers/values.json', '{"type": "object", "properties": {"height": 3}}');
    const { out } = await run(folder);
    expect(out.slice(0, 4)).toEqual([
      'reference numbers/named.json',
      'failed numbers/place.json: $: is not a number',
      'reference numbers/thing.json',
      'failed numbers/values.json: $: is not a number',
    ]);
  });

  it('takes what a binary file should give for reference, and only beside that file', async () => {
    await write('numbers/a.bin', '');
    await write('numbers/a.bin.json', '"x"');
    await write('numbers/b.bin', '');
    await write('numbers/b.json', '"x"');
    await write('numbers/c.bin.json', '"x"');
    const { out } = await run(folder);
    expect(out.slice(0, 5)).toEqual([
      'not covered numbers/a.bin',
      'reference numbers/a.bin.json',
      'not covered numbers/b.bin',
      'reference numbers/b.json',
      'failed numbers/c.bin.json: $: is not a number',
    ]);
  });

  it('fails what is refused without a mark', async () => {
    await write('numbers/bad.json', '"x"');
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toEqual(['failed numbers/bad.json: $: is not a number', '0 not covered', '0 passed, 1 failed']);
  });

  it('fails a crash even for a marked file', async () => {
    await write('numbers/PROVENANCE.md', PROVENANCE);
    await write('numbers/null.json', 'null');
    const { code, out } = await run(folder);
    expect(code).toBe(1);
    expect(out).toContain('failed numbers/null.json: -: the reader crashed (TypeError)');
  });

  it('takes a folder with provenance of its own for one area', async () => {
    await write('numbers/PROVENANCE.md', PROVENANCE);
    await write('numbers/made.json', '"x"');
    const { out } = await run(join(folder, 'numbers'));
    expect(out).toContain('refused numbers/made.json: $: is not a number');
  });

  it('does not follow links in circles and fails one that leads nowhere', async () => {
    await write('numbers/good.json', '1');
    await symlink(folder, join(folder, 'numbers', 'up'));
    await symlink(join(folder, 'nowhere'), join(folder, 'numbers', 'lost.json'));
    const { out } = await run(folder);
    expect(out).toEqual([
      'ok numbers/good.json',
      'failed numbers/lost.json: -: cannot be read (ENOENT)',
      '0 not covered',
      '1 passed, 1 failed',
    ]);
  });

  it('says so when the folder cannot be read', async () => {
    const missing = join(folder, 'none');
    expect(await run(missing)).toEqual({ code: 1, out: [], err: [`${missing}: cannot be read (ENOENT)`] });
  });

  it('answers wrong usage with code 2 and help with code 0', async () => {
    expect(await run()).toMatchObject({ code: 2, out: [], err: [expect.stringContaining('npm run samples')] });
    expect(await run('a', 'b')).toMatchObject({ code: 2 });
    expect(await run('--help')).toMatchObject({ code: 0, err: [], out: [expect.stringContaining('npm run samples')] });
  });
});
