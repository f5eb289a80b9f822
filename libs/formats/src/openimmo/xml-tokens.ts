import { malformed } from '../wire/wire-object.js';

/** A piece of markup in a text; `end` is behind its last character. */
export interface XmlToken {
  readonly kind: 'start' | 'end' | 'empty' | 'aside' | 'cdata';
  /** Name with prefix; empty for comments, instructions and CDATA. */
  readonly name: string;
  readonly end: number;
}

const LONGEST_TAG = 64 * 1024;
const LONGEST_OPENING = '<![CDATA['.length;
const NAME = /[^\s/>]+/y;

/**
 * The markup that begins at `start`, where a `<` stands. Only told apart, not checked: whoever uses the content parses
 * it.
 * @returns undefined when its end is not in the text yet
 * @throws AppError UPSTREAM_MALFORMED for a declaration such as DOCTYPE and for a tag that does not end
 */
export function tokenAt(text: string, start: number): XmlToken | undefined {
  const next = text[start + 1];
  if (next === undefined) return undefined;
  if (next === '?') return aside(text, start, '?>', 'aside');
  if (next === '!') return bang(text, start);
  const close = tagEnd(text, start + 1);
  if (close === -1) {
    if (text.length - start > LONGEST_TAG) throw malformed('$', 'has a tag without an end');
    return undefined;
  }
  if (next === '/') return { kind: 'end', name: nameAt(text, start + 2), end: close + 1 };
  return { kind: text[close - 1] === '/' ? 'empty' : 'start', name: nameAt(text, start + 1), end: close + 1 };
}

function bang(text: string, start: number): XmlToken | undefined {
  if (text.startsWith('<!--', start)) return aside(text, start, '-->', 'aside', 4);
  if (text.startsWith('<![CDATA[', start)) return aside(text, start, ']]>', 'cdata', LONGEST_OPENING);
  const opening = text.slice(start, start + LONGEST_OPENING);
  if ('<!--'.startsWith(opening) || '<![CDATA['.startsWith(opening)) return undefined;
  throw malformed('$', 'has a document type declaration');
}

function aside(text: string, start: number, ending: string, kind: XmlToken['kind'], opening = 2): XmlToken | undefined {
  const at = text.indexOf(ending, start + opening);
  return at === -1 ? undefined : { kind, name: '', end: at + ending.length };
}

/** Place of the `>` that ends a tag; one inside quotes does not. */
function tagEnd(text: string, from: number): number {
  const stop = /[<>"']/g;
  stop.lastIndex = from;
  for (let match = stop.exec(text); match !== null; match = stop.exec(text)) {
    if (match[0] === '>') return match.index;
    if (match[0] === '<') throw malformed('$', 'is not well-formed XML');
    const quote = text.indexOf(match[0], match.index + 1);
    if (quote === -1) return -1;
    stop.lastIndex = quote + 1;
  }
  return -1;
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  const name = NAME.exec(text)?.[0];
  if (name === undefined) throw malformed('$', 'is not well-formed XML');
  return name;
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const DECLARED = /\sxmlns(?::[\w.-]{1,100})?\s{0,20}=\s{0,20}(?:"[^"<]{0,1000}"|'[^'<]{0,1000}')/g;

/** The namespace declarations of a start tag as they stand there, to be put on another one. */
export function declarationsOf(tag: string): string {
  return (tag.match(DECLARED) ?? []).join('');
}
