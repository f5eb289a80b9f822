import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { splitWodisCsv, WODIS_COLUMNS } from './wodis-csv.js';

/** A row of the right length that begins with these cells, as they stand in the file. */
function row(...cells: readonly string[]): string {
  return [...cells, ...Array<string>(WODIS_COLUMNS - cells.length).fill('')].join(';');
}

function split(text: string, encoding: BufferEncoding = 'latin1'): readonly (readonly string[])[] {
  return rowsOf(Buffer.from(text, encoding));
}

function rowsOf(bytes: Buffer): readonly (readonly string[])[] {
  return [...splitWodisCsv(bytes)].filter((cells) => cells !== null);
}

function quote(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return 'was read';
}

describe('splitWodisCsv', () => {
  it('gives back every cell that was quoted, and every plain one without special characters', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ß', ';', '"', '\r\n', ' ', 'Ä') }).map((each) => each.trim());
    const plain = fc.stringMatching(/^[a-zäöü0-9,. -]{0,12}$/).map((each) => each.trim());
    const mixed = fc.oneof(
      cell.map((each) => [each, quote(each)] as const),
      plain.map((each) => [each, each] as const),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(mixed, { minLength: WODIS_COLUMNS, maxLength: WODIS_COLUMNS }), {
          minLength: 1,
          maxLength: 3,
        }),
        (rows) => {
          const file = rows.map((cells) => cells.map(([, written]) => written).join(';')).join('\r\n');
          const expected = rows
            .map((cells) => cells.map(([value]) => value))
            .filter((cells) => cells.some((each) => each !== ''));
          fc.pre(expected.length > 0);
          expect(split(file)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('reads CRLF and LF, with and without an end to the last line, and skips blank lines', () => {
    const expected = [row('a').split(';'), row('b').split(';')];
    expect(split(`${row('a')}\r\n\r\n${row('b')}\r\n`)).toEqual(expected);
    expect(split(`${row('a')}\n${row('b')}`)).toEqual(expected);
  });

  it.each([
    ['a quotation at the beginning of a text', '"Wohnen am Fluss" mit Balkon', '"Wohnen am Fluss" mit Balkon'],
    ['an inch sign', '32" Fernseher', '32" Fernseher'],
    ['a quote that is never closed', '"offen', '"offen'],
  ])('takes %s as text', (_case, written, expected) => {
    const rows = split(`${row('1', written, '2')}\r\n${row('next', '"x"')}\r\n`);
    expect(rows.map((cells) => cells.slice(0, 3))).toEqual([
      ['1', expected, '2'],
      ['next', 'x', ''],
    ]);
  });

  it('keeps the next rows whole when a quote is only closed there', () => {
    const rows = split(`${row('1', '"offen')}\r\n${row('2', 'zu"')}\r\n${row('3')}`);
    expect(rows.map(([first]) => first)).toEqual(['1', '2', '3']);
  });

  it('keeps umlauts, whether written as ISO-8859-1, as windows-1252 or converted to UTF-8', () => {
    expect(split(row('Großschwabhäuser Straße'))[0]?.[0]).toBe('Großschwabhäuser Straße');
    expect(rowsOf(Buffer.concat([Buffer.from([0x80, 0xe4, 0x96]), Buffer.from(row(''))]))[0]?.[0]).toBe('€ä–');
    expect(split(row('Großschwabhäuser Straße'), 'utf8')[0]?.[0]).toBe('Großschwabhäuser Straße');
    expect(split(`\ufeff${row('Löbstedt')}`, 'utf8')[0]?.[0]).toBe('Löbstedt');
  });

  it.each([
    ['no bytes', ''],
    ['blank lines only', '\r\n\r\n'],
    ['separators only', row('')],
  ])('refuses a file with %s as an export that broke off', (_case, content) => {
    expect(messageOf(() => split(content))).toBe('objects.csv: is empty');
  });

  it('refuses files beyond its bounds', () => {
    expect(messageOf(() => rowsOf(Buffer.alloc(16 * 1024 * 1024 + 1, 0x61)))).toContain('larger than 16 MiB');
    expect(messageOf(() => split('a\n'.repeat(20_001)))).toContain('more than 20000 rows');
  });

  it('gives up on a row with far too many cells and goes on with the next', () => {
    const rows = split(`${';"x'.repeat(5000)}\r\n${row('next')}`);
    expect(rows[0]?.length).toBeGreaterThan(WODIS_COLUMNS);
    expect(rows[1]?.[0]).toBe('next');
  });

  it('gives a row that is longer than any real one without cells, and goes on with the next', () => {
    const rows = split(`${row('a'.repeat(128 * 1024))}\r\n${row('next')}`);
    expect(rows[0]).toEqual([]);
    expect(rows[1]?.[0]).toBe('next');
  });

  it.each([
    ['rows', `${row('1', 'x'.repeat(3000))}\r\n`.repeat(500)],
    ['short rows', 'a;b\n'.repeat(5000)],
    ['blank lines', `${'\n'.repeat(500_000)}${row('1')}`],
    ['quotes that are closed far away', `"a${'\n"b'.repeat(6000)}`],
    ['quotes that are never closed', '"a\n'.repeat(6000)],
  ])('lets others go first again and again while it splits %s', (_case, text) => {
    const file = Buffer.from(text);
    const pauses = [...splitWodisCsv(file)].filter((cells) => cells === null).length;
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(file.length / (36 * 1024)));
    expect(pauses).toBeGreaterThan(5);
  });
});
