import { badRequest } from '../sap-error.js';

/** A word of OData's URI language, used by paths, keys and `$filter` alike. */
export interface Token {
  readonly kind: 'string' | 'typed' | 'number' | 'name' | 'mark' | 'end';
  /** Content without quotes and with doubled quotes undone; for the other kinds the text itself. */
  readonly text: string;
  /** For `typed`: `datetime`, `guid`, … in lower case. */
  readonly prefix: string;
  /** Counted from 1. */
  readonly position: number;
}

const LONGEST = 8000;
const WORDS = /\s*(?:([A-Za-z]*)'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)[mMdDfFlL]?(?![\w.])|(\$?[A-Za-z_]\w*)|([(),/=*]))/y;

/**
 * Splits decoded text into tokens, closed by one of kind `end`.
 * @throws SapError 400 for text past 8,000 characters or outside the language
 */
function tokens(text: string): Token[] {
  if (text.length > LONGEST) throw badRequest('Die URI ist zu lang');
  const found: Token[] = [];
  WORDS.lastIndex = 0;
  const end = text.trimEnd().length;
  while (WORDS.lastIndex < end) {
    const start = WORDS.lastIndex;
    const match = WORDS.exec(text);
    if (match === null) throw badRequest(`Syntaxfehler an Position ${start + 1}`);
    found.push(tokenOf(match, start + 1));
  }
  return [...found, { kind: 'end', text: '', prefix: '', position: end + 1 }];
}

function tokenOf([, prefix = '', quoted, number, name, mark = '']: RegExpExecArray, position: number): Token {
  if (quoted !== undefined) {
    const text = quoted.replaceAll("''", "'");
    return { kind: prefix === '' ? 'string' : 'typed', text, prefix: prefix.toLowerCase(), position };
  }
  if (number !== undefined) return { kind: 'number', text: number, prefix: '', position };
  if (name !== undefined) return { kind: 'name', text: name, prefix: '', position };
  return { kind: 'mark', text: mark, prefix: '', position };
}

/** Reads tokens one after the other. */
export class TokenReader {
  private next = 0;

  private readonly all: readonly Token[];

  constructor(text: string) {
    this.all = tokens(text);
  }

  get peek(): Token {
    return this.all[Math.min(this.next, this.all.length - 1)] as Token;
  }

  get atEnd(): boolean {
    return this.peek.kind === 'end';
  }

  take(): Token {
    const token = this.peek;
    this.next += 1;
    return token;
  }

  /** Takes the next token when it is that mark or word. */
  takeIf(text: string): boolean {
    const fits = (this.peek.kind === 'mark' || this.peek.kind === 'name') && this.peek.text === text;
    if (fits) this.next += 1;
    return fits;
  }

  /** @throws SapError 400 when something else comes */
  expect(text: string): void {
    if (!this.takeIf(text)) throw badRequest(`'${text}' erwartet an Position ${this.peek.position}`);
  }

  /** @throws SapError 400 when no name comes */
  name(): string {
    const token = this.take();
    if (token.kind !== 'name') throw badRequest(`Name erwartet an Position ${token.position}`);
    return token.text;
  }
}
