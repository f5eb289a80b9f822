import { AppError } from '#lib/kernel';
import { isXmlText } from '../xml/xml-text.js';
import { ENVELOPE_NAMESPACE, type SoapVersion } from './soap-names.js';

/** An element to be written. `name` carries its prefix, e.g. `t:GetLeases`; content is text or elements. */
export interface SoapElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly SoapElement[];
}

export interface SoapRequest {
  readonly version: SoapVersion;
  /** Prefix → namespace, declared on the envelope. `soap` is taken. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly header?: readonly SoapElement[];
  readonly body: readonly SoapElement[];
}

const NAME = /^(?:([A-Za-z_][\w.-]*):)?[A-Za-z_][\w.-]*$/;

/** Shorthand for one element: `element('t:MieterNr', '0000104711')`. */
export function element(
  name: string,
  content: string | readonly SoapElement[],
  attributes?: Readonly<Record<string, string>>,
): SoapElement {
  return attributes === undefined ? { name, content } : { name, content, attributes };
}

/**
 * Writes an envelope as UTF-8 text on one line, elements in the given order. Text can never become markup.
 * @throws AppError INVALID_INPUT, with the element as path, for characters that XML cannot carry
 * @throws RangeError for a name that is none or a prefix that is not declared: a programming error
 */
export function writeEnvelope(request: SoapRequest): string {
  const declared = { soap: ENVELOPE_NAMESPACE[request.version], ...request.namespaces };
  const attributes = Object.fromEntries(Object.entries(declared).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]));
  const parts = [
    ...(request.header ? [element('soap:Header', request.header)] : []),
    element('soap:Body', request.body),
  ];
  const prefixes = new Set(['xml', 'xmlns', ...Object.keys(declared)]);
  return `<?xml version="1.0" encoding="UTF-8"?>${write(element('soap:Envelope', parts, attributes), prefixes)}`;
}

/** As {@link writeEnvelope}, for a document of its own. Its elements declare the namespaces they use. */
export function writeDocument(root: SoapElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${write(root, new Set(['xml', 'xmlns']))}`;
}

function write(node: SoapElement, outer: ReadonlySet<string>): string {
  const names = Object.keys(node.attributes ?? {});
  const own = names.filter((name) => name.startsWith('xmlns:')).map((name) => name.slice('xmlns:'.length));
  const prefixes = own.length === 0 ? outer : new Set([...outer, ...own]);
  for (const name of [node.name, ...names]) checkName(name, prefixes);
  const attributes = Object.entries(node.attributes ?? {}).map(
    ([name, value]) => ` ${name}="${escape(value, node.name)}"`,
  );
  const start = `<${node.name}${attributes.join('')}`;
  const content = typeof node.content === 'string' ? escape(node.content, node.name) : writeAll(node.content, prefixes);
  return content === '' ? `${start}/>` : `${start}>${content}</${node.name}>`;
}

function writeAll(nodes: readonly SoapElement[], prefixes: ReadonlySet<string>): string {
  return nodes.map((node) => write(node, prefixes)).join('');
}

function checkName(name: string, prefixes: ReadonlySet<string>): void {
  const match = NAME.exec(name);
  if (match === null) throw new RangeError(`not an XML name: ${name}`);
  if (match[1] !== undefined && !prefixes.has(match[1])) throw new RangeError(`undeclared prefix: ${match[1]}`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Parsers fold these to a blank or a line feed unless they are written as references.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escape(text: string, path: string): string {
  if (!isXmlText(text)) {
    const reason = 'has a character that XML does not allow';
    throw new AppError('INVALID_INPUT', `${path}: ${reason}`, { path, reason });
  }
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character]!);
}
