import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { XmlElement } from '../xml/xml-element.js';
import { malformed } from '../wire/wire-object.js';
import { openImmoDate, openImmoDecimal, openImmoFlag } from './openimmo-values.js';
import { wordOf, type WordOf } from './openimmo-words.js';

const LONGEST_TEXT = 100_000;
const LONGEST_WORD = 500;

/**
 * One element of an OpenImmo document. Namespaces do not matter, since some senders write one and the standard has
 * none. Every child is optional; an empty one counts as missing, unknown ones are ignored, a wrong one is
 * UPSTREAM_MALFORMED with its path.
 */
export class OpenImmoElement {
  constructor(
    private readonly element: XmlElement,
    readonly path: string,
  ) {}

  get name(): string {
    return this.element.name;
  }

  child(name: string): OpenImmoElement | null {
    const child = this.element.children.find((each) => each.name === name);
    return child ? new OpenImmoElement(child, `${this.path}.${name}`) : null;
  }

  /** All children of that name, or all children. */
  children(name?: string): readonly OpenImmoElement[] {
    const found = this.element.children.filter((each) => name === undefined || each.name === name);
    return found.map((child, index) => new OpenImmoElement(child, `${this.path}.${child.name}[${index}]`));
  }

  /** The element's own text without blanks around it; null when there is none. */
  ownText(longest = LONGEST_TEXT): string | null {
    const text = this.element.text.trim();
    if (text.length > longest) throw malformed(this.path, `is longer than ${longest} characters`);
    return text === '' ? null : text;
  }

  text(name: string, longest = LONGEST_TEXT): string | null {
    return this.child(name)?.ownText(longest) ?? null;
  }

  /** Text that belongs on one line: numbers, names, words. Blanks in it are folded. */
  line(name: string, longest = LONGEST_WORD): string | null {
    return this.text(name, longest)?.replace(/\s+/g, ' ') ?? null;
  }

  decimal(name: string, scale = 2): DecimalText | null {
    const text = this.line(name);
    return text === null ? null : checked(openImmoDecimal(text, scale), `${this.path}.${name}`, 'is not a number');
  }

  flag(name: string): boolean | null {
    const text = this.line(name);
    return text === null ? null : checked(openImmoFlag(text), `${this.path}.${name}`, 'is not true or false');
  }

  date(name: string): CalendarDate | null {
    const text = this.line(name);
    return text === null ? null : checked(openImmoDate(text), `${this.path}.${name}`, 'is not a date');
  }

  word<List extends readonly string[]>(name: string, list: List): WordOf<List> | null {
    const text = this.line(name);
    return text === null ? null : wordOf(list, text);
  }

  attribute(name: string): string | null {
    const value = this.element.attributes.find((each) => each.name === name)?.value.trim() ?? '';
    if (value.length > LONGEST_WORD) throw malformed(`${this.path}@${name}`, 'is too long');
    return value === '' ? null : value;
  }

  attributeWord<List extends readonly string[]>(name: string, list: List): WordOf<List> | null {
    const text = this.attribute(name);
    return text === null ? null : wordOf(list, text);
  }

  attributeDecimal(name: string, scale: number): DecimalText | null {
    const text = this.attribute(name);
    return text === null ? null : checked(openImmoDecimal(text, scale), `${this.path}@${name}`, 'is not a number');
  }

  /** The attributes that are true, e.g. `<heizungsart ZENTRAL="true" FERN="0"/>`, each word once. */
  words<List extends readonly string[]>(list: List): readonly WordOf<List>[] {
    const set = new Set<WordOf<List>>();
    for (const { name, namespace, value } of this.element.attributes) {
      if (namespace !== null || value.trim() === '') continue;
      const word = wordOf(list, name);
      const flag = openImmoFlag(value.trim());
      if (flag === undefined && word !== 'OTHER') throw malformed(`${this.path}@${name}`, 'is not true or false');
      if (flag) set.add(word);
    }
    return [...set];
  }
}

function checked<T>(value: T | undefined, path: string, reason: string): T {
  if (value === undefined) throw malformed(path, reason);
  return value;
}
