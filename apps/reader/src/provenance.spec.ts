import { describe, expect, it } from '@jest/globals';
import { readMarks } from './provenance.js';

const table = (...rows: readonly string[]): string =>
  ['| file | origin | note |', '|---|---|---|', ...rows].join('\r\n');

describe('a provenance table', () => {
  it('marks files made or edited by hand', () => {
    const markdown = table(
      '| a.json | x/a.json | answer [HAND-MADE by authors] |',
      '| `b.json` | x/b.json | EDITED: dates |',
    );
    expect([...readMarks(markdown)]).toEqual(['a.json', 'b.json']);
  });

  it('marks files that lie or lay in a folder of invalid ones', () => {
    const markdown = table('| a.bin | tests/invalid/a.bin | ticket |', '| invalid/b.bin | b.bin | ticket |');
    expect([...readMarks(markdown)]).toEqual(['a.bin', 'invalid/b.bin']);
  });

  it('marks no other file', () => {
    const markdown = table(
      '| a.json | x/a.json | recorded/hand-trimmed [looks like an unedited recording] |',
      '| notinvalid/b.json | x/b.json | DERIVED |',
    );
    expect(readMarks(`HAND-MADE files are marked.\n${markdown}`).size).toBe(0);
  });
});
