import { decodeJson } from '../odata/odata-json.js';
import { malformed } from '../wire/wire-object.js';

/** A JSON number as it was written: `1.10` stays `1.10`, and no digit is lost to a float. */
export class JsonNumber {
  constructor(readonly literal: string) {}
}

export type ExactJson = null | boolean | string | JsonNumber | readonly ExactJson[] | ExactObject;

/** Without prototype, so a field may have any name. */
export interface ExactObject {
  readonly [name: string]: ExactJson;
}

const DEEPEST = 60;
const LONGEST_NUMBER = 60;
const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [word: string, value: null | boolean])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

/**
 * Parses a JSON document (RFC 8259) of at most 16 MiB and 60 levels without touching its numbers. Of fields with the
 * same name the last one counts.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function parseExactJson(bytes: Uint8Array): ExactJson {
  return new Parser(decodeJson(bytes)).document();
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): ExactJson {
    const value = this.value(0);
    if (this.next() !== '') throw notJson();
    return value;
  }

  private value(depth: number): ExactJson {
    if (depth > DEEPEST) throw malformed('$', `is nested deeper than ${DEEPEST} levels`);
    const first = this.next();
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first === '"') return this.string();
    const found = WORDS.find(([word]) => this.text.startsWith(word, this.at));
    if (found === undefined) return this.number();
    this.at += found[0].length;
    return found[1];
  }

  private object(depth: number): ExactObject {
    const fields = Object.create(null) as Record<string, ExactJson>;
    this.at += 1;
    if (this.took('}')) return fields;
    do {
      if (this.next() !== '"') throw notJson();
      const name = this.string();
      if (!this.took(':')) throw notJson();
      fields[name] = this.value(depth + 1);
    } while (this.took(','));
    if (!this.took('}')) throw notJson();
    return fields;
  }

  private list(depth: number): readonly ExactJson[] {
    const items: ExactJson[] = [];
    this.at += 1;
    if (this.took(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.took(','));
    if (!this.took(']')) throw notJson();
    return items;
  }

  private string(): string {
    let end = this.text.indexOf('"', this.at + 1);
    while (end !== -1 && this.isEscaped(end)) end = this.text.indexOf('"', end + 1);
    if (end === -1) throw notJson();
    const literal = this.text.slice(this.at, end + 1);
    this.at = end + 1;
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw notJson();
    }
  }

  /** Whether an odd number of backslashes stands before. */
  private isEscaped(at: number): boolean {
    let first = at;
    while (this.text[first - 1] === '\\') first -= 1;
    return (at - first) % 2 === 1;
  }

  private number(): JsonNumber {
    NUMBER.lastIndex = this.at;
    const literal = NUMBER.exec(this.text)?.[0];
    if (literal === undefined) throw notJson();
    if (literal.length > LONGEST_NUMBER) throw malformed('$', 'has a number of too many digits');
    this.at += literal.length;
    return new JsonNumber(literal);
  }

  /** The next character that is no blank; empty at the end. */
  private next(): string {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.text);
    this.at = BLANK.lastIndex;
    return this.text.charAt(this.at);
  }

  private took(sign: string): boolean {
    if (this.next() !== sign) return false;
    this.at += 1;
    return true;
  }
}

function notJson(): Error {
  return malformed('$', 'is not JSON');
}
