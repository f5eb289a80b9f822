/** Longest content line in octets, without its line end (RFC 5545, 3.1). */
const LONGEST_LINE = 75;

/** Content lines as bytes of UTF-8: folded at 75 octets, never inside a character, each ended by CRLF. */
export function writeLines(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${fold(line)}\r\n`).join(''), 'utf8');
}

/** A value of type TEXT (RFC 5545, 3.3.11). */
export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replaceAll('\n', '\\n');
}

function fold(line: string): string {
  let folded = '';
  let length = 0;
  for (const character of line) {
    const octets = Buffer.byteLength(character, 'utf8');
    if (length + octets > LONGEST_LINE) {
      folded += '\r\n ';
      // The blank that marks the fold counts.
      length = 1;
    }
    folded += character;
    length += octets;
  }
  return folded;
}
