import { escapeXml } from '../tenancy/xml.js';

type Attributes = Readonly<Record<string, string>>;

/** Markup that is already written, as opposed to text. */
export interface Markup {
  readonly xml: string;
}

type Content = string | readonly Markup[];

/** An element with text or with elements inside; empty ones close themselves. */
export function element(name: string, content: Content = '', attributes: Attributes = {}): Markup {
  const head = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(value)}"`)].join(' ');
  const inside = typeof content === 'string' ? escapeXml(content) : content.map(({ xml }) => xml).join('');
  return { xml: inside === '' ? `<${head}/>\n` : `<${head}>${inside}</${name}>\n` };
}

/** A document declared and encoded as ISO-8859-1; what the code page lacks goes as a character reference. */
export function latin1Document(root: Markup): Buffer {
  const text = root.xml.replace(/[\u{100}-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`);
  return Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>\n${text}`, 'latin1');
}
