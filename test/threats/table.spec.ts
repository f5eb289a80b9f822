import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const HERE = import.meta.dirname;
/** Threats that are attacks on the doors of the house or on what it shares; the others are proven where the parts are. */
const NUMBERS = [...range(1, 26), ...range(31, 37), 44];

interface Row {
  readonly number: number;
  readonly file: string;
  readonly titles: readonly string[];
}

const rows = readFileSync(join(HERE, 'README.md'), 'utf8').split('\n').flatMap(readRow);

describe('the table of threats', () => {
  it('has every number', () => {
    expect([...new Set(rows.map(({ number }) => number))]).toEqual(NUMBERS);
  });

  it.each(rows)('names tests that are there: $number, $file', ({ file, titles }) => {
    const path = join(HERE, '../..', file);
    expect([file, existsSync(path)]).toEqual([file, true]);
    const source = readFileSync(path, 'utf8');
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.filter((title) => !hasTitle(source, title))).toEqual([]);
  });

  it('leaves no file of this folder out', () => {
    const files = readdirSync(HERE).filter((name) => name.endsWith('.spec.ts') && name !== 'table.spec.ts');
    const named = new Set(rows.map(({ file }) => file));
    expect(files.filter((name) => !named.has(`test/threats/${name}`))).toEqual([]);
  });
});

function readRow(line: string): Row[] {
  const [, number, , file, titles] = /^\| (\d+) *\| (.+?) *\| \[([^\]]+)\]\([^)]+\) *\| (.+?) *\|$/.exec(line) ?? [];
  if (number === undefined || file === undefined || titles === undefined) return [];
  return [{ number: Number(number), file, titles: [...titles.matchAll(/`([^`]+)`/g)].map(([, title]) => title!) }];
}

/** As the first argument of `it` or `describe`, or the name of a case in a list, in whichever quotes. */
function hasTitle(source: string, title: string): boolean {
  return ["'", '"', '`'].some((quote) => new RegExp(`[([]\\s*${literally(quote + title + quote)},`).test(source));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
