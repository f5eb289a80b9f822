import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitCsv } from './split-csv.js';

function split(text: string | Buffer): (readonly string[] | null)[] {
  return [...splitCsv(Buffer.from(text as string))];
}

describe('splitCsv', () => {
  it('gives back every cell that was quoted, and every plain one without special characters', () => {
    const quoted = fc
      .string({ unit: fc.constantFrom('a', 'ß', ',', '"', '\n', '\r\n', ' ', '🚋') })
      .map((cell) => cell.trim())
      .map((cell) => [cell, `"${cell.replaceAll('"', '""')}"`] as const);
    const plain = fc
      .stringMatching(/^[a-zäöü0-9:;. -]{0,12}$/)
      .map((cell) => cell.trim())
      .map((cell) => [cell, ` ${cell}`] as const);
    const rows = fc.array(fc.array(fc.oneof(quoted, plain), { minLength: 2, maxLength: 5 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), (cells, lineEnd, endsWithLineEnd) => {
        const file = cells.map((row) => row.map(([, written]) => written).join(',')).join(lineEnd);
        expect(split(file + (endsWithLineEnd ? lineEnd : ''))).toEqual(cells.map((row) => row.map(([value]) => value)));
      }),
    );
  });

  it('passes over a byte order mark and blank lines', () => {
    expect(split('\ufeffa,b\r\n\r\n  \n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('reads a row that is no UTF-8 as windows-1252, and only that row', () => {
    const file = Buffer.concat([Buffer.from('Löbdergraben,\ufffd\n'), Buffer.from('Löbdergraben,–', 'latin1')]);
    expect(split(file)[0]).toEqual(['Löbdergraben', '\ufffd']);
    expect(split(file)[1]?.[0]).toBe('Löbdergraben');
  });

  it.each([
    ['an inch sign', '12" pipe,b'],
    ['text behind a quoted cell', '"a"b,c'],
    ['a quote that is never closed', '"a,b'],
    ['a row that is too long', `${'a'.repeat(70_000)},b`],
    ['a quoted cell that is too long', `"${'a\n'.repeat(40_000)}",b`],
  ])('loses only the row with %s', (_, row) => {
    const rows = split(`1,2\n${row}\n3,4`);
    expect([rows[0], rows[1], rows.at(-1)]).toEqual([['1', '2'], null, ['3', '4']]);
  });
});
