const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/y;

/** The rows of a GTFS table by column name, in the plainest way: no line breaks inside cells. */
export function readTable(text: string): Record<string, string>[] {
  const [header = '', ...rows] = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1);
  const names = cells(header);
  return rows.map((row) => {
    const values = cells(row);
    if (values.length !== names.length) throw new Error(`a row of ${values.length} cells below ${names.length}`);
    return Object.fromEntries(names.map((name, place) => [name, values[place] ?? '']));
  });
}

function cells(row: string): string[] {
  const found: string[] = [];
  CELL.lastIndex = 0;
  do {
    const match = CELL.exec(row);
    if (match === null) throw new Error('a row that is no CSV');
    found.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (!match[0].endsWith(',')) return found;
  } while (CELL.lastIndex <= row.length);
  return found;
}
