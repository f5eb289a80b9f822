/** A cell that must stand in quotation marks even when nothing in it asks for them. */
export interface Quoted {
  readonly quoted: string;
}

type Cell = string | number | Quoted;

/** A table as GTFS writes it (RFC 4180): CRLF after every row, quotation marks where a cell needs or wants them. */
export function csvTable(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** Text as the exporting program writes it: always in quotation marks. */
export function quoted(text: string): Quoted {
  return { quoted: text };
}

function cellText(cell: Cell): string {
  if (typeof cell === 'object') return inQuotes(cell.quoted);
  const text = String(cell);
  return /[",\r\n]/.test(text) ? inQuotes(text) : text;
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
