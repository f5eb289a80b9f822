import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildMark, markOf } from './build-mark.js';

describe('the mark of a build', () => {
  let folder: string;
  const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'saaltor-mark-'));
    mkdirSync(join(folder, 'model'));
    write('model/contract.js', 'a');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('changes with the code and with nothing else', () => {
    const before = markOf(folder);
    write('model/contract.spec.js', 'x');
    write('README.md', 'x');
    expect(markOf(folder)).toBe(before);
    write('model/contract.js', 'b');
    const after = markOf(folder);
    write('model/lease.js', '');
    expect(new Set([before, after, markOf(folder)]).size).toBe(3);
  });

  it('is there for the running code and is part of a name', () => {
    expect(buildMark()).toMatch(/^[\w-]{12}$/);
  });
});
