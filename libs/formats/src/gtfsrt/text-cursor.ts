import { malformed } from '../wire/wire-object.js';

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
/** A number, or the name of one (`inf`, `nan`), of an enumeration or a flag. */
const SCALAR = /-?[A-Za-z0-9_.+]{1,100}(?:(?<=[eE])-\d{1,3})?/y;
/** Full name of an extension or of a type behind `Any`. */
const EXTENSION = /\[[ \t]*[A-Za-z0-9_./-]{1,500}[ \t]*\]/y;
const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, a: 7, b: 8, f: 12, v: 11 };
const QUOTES = '"\'';
const LONGEST_STRING = 100_000;

/** Walks through the text form of Protocol Buffers, token by token. */
export class TextCursor {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Passes over blanks and comments. @returns the next character, or an empty text at the end */
  peek(): string {
    for (;;) {
      const next = this.text[this.at];
      if (next === '#') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end === -1 ? this.text.length : end;
      } else if (next === ' ' || next === '\n' || next === '\t' || next === '\r') this.at += 1;
      else return next ?? '';
    }
  }

  /** Takes the next character when it is one of these. */
  take(characters: string): string | null {
    const next = this.peek();
    if (next === '' || !characters.includes(next)) return null;
    this.at += 1;
    return next;
  }

  /** Name of a field; null for an extension. */
  name(): string | null {
    if (this.peek() !== '[') return this.match(WORD, 'a field name');
    this.match(EXTENSION, 'the name of an extension');
    return null;
  }

  scalar(): string {
    this.peek();
    return this.match(SCALAR, 'a value');
  }

  /** One or more quoted texts in a row, which are one. Escaped bytes together are UTF-8. */
  string(): string {
    const parts: Buffer[] = [];
    let length = 0;
    let quote = this.take(QUOTES);
    if (quote === null) throw this.error('lacks a text');
    for (; quote !== null; quote = this.take(QUOTES)) {
      for (let part = this.stringPart(quote); part !== null; part = this.stringPart(quote)) {
        length += part.length;
        if (length > LONGEST_STRING) throw this.error(`has a text of more than ${LONGEST_STRING} bytes`);
        parts.push(part);
      }
    }
    return Buffer.concat(parts).toString('utf8');
  }

  /** Says where in the file something is wrong, by its line. */
  error(reason: string): Error {
    let line = 1;
    for (let end = this.text.indexOf('\n'); end !== -1 && end < this.at; end = this.text.indexOf('\n', end + 1))
      line += 1;
    return malformed(`line ${line}`, reason);
  }

  /** Text up to the next escape, or the escape; null behind the closing quote. */
  private stringPart(quote: string): Buffer | null {
    const start = this.at;
    while (this.at < this.text.length) {
      const next = this.text[this.at] as string;
      if (next === quote || next === '\\' || next === '\n') break;
      this.at += 1;
    }
    if (this.at > start) return Buffer.from(this.text.slice(start, this.at));
    const next = this.text[this.at];
    if (next !== quote && next !== '\\') throw this.error('has a text without an end');
    this.at += 1;
    return next === quote ? null : this.escape();
  }

  private escape(): Buffer {
    const code = /([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^\n])/y;
    code.lastIndex = this.at;
    const [found, octal, hex, short, long, letter] = code.exec(this.text) ?? [];
    if (found === undefined) throw this.error('has a text without an end');
    this.at += found.length;
    if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8) & 0xff]);
    if (hex !== undefined) return Buffer.from([Number.parseInt(hex, 16)]);
    const point = Number.parseInt(short ?? long ?? '', 16);
    if (point > 0x10ffff) throw this.error('has an unknown escape');
    if (!Number.isNaN(point)) return Buffer.from(String.fromCodePoint(point));
    const control = ESCAPES[letter ?? ''];
    return control === undefined ? Buffer.from(letter ?? '') : Buffer.from([control]);
  }

  private match(pattern: RegExp, what: string): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw this.error(`lacks ${what}`);
    this.at += found.length;
    return found;
  }
}
