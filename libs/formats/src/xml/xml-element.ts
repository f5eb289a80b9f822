import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { malformed } from '../wire/wire-object.js';
import { decodeReferences, decodeXml, isXmlText } from './xml-text.js';

/** What the prefix `xml` stands for everywhere (Namespaces in XML 1.0). */
export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** An element with its namespaces resolved. Prefixes are gone: they mean nothing. */
export interface XmlElement {
  readonly namespace: string | null;
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** All character data directly inside, CDATA included, not trimmed. */
  readonly text: string;
}

export interface XmlAttribute {
  readonly namespace: string | null;
  readonly name: string;
  readonly value: string;
}

/** Value of an attribute; undefined when it is not there. */
export function attributeOf(element: XmlElement, namespace: string | null, name: string): string | undefined {
  return element.attributes.find((each) => each.namespace === namespace && each.name === name)?.value;
}

const MOST_BYTES = 8 * 1024 * 1024;
const DEEPEST = 60;
/** Prefixes in scope at once. Each declaring element copies them, so their number must be small. */
const MOST_PREFIXES = 100;
const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
});

type ParsedNode = Readonly<Record<string, unknown>>;
type Prefixes = ReadonlyMap<string, string>;

/**
 * Parses a whole XML document of at most 8 MiB and 60 levels. A document type declaration is refused, so there are
 * no entities to expand and nothing outside the document to load.
 * @throws AppError UPSTREAM_MALFORMED
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 8 MiB');
  const text = decodeXml(bytes);
  refuseDeclarations(text);
  const roots = parseNodes(text).filter((node) => tagOf(node) !== TEXT);
  const root = roots[0];
  if (root === undefined || roots.length > 1) throw malformed('$', 'has not exactly one root element');
  return toElement(root, new Map([['xml', XML_NAMESPACE]]), '$');
}

function parseNodes(text: string): readonly ParsedNode[] {
  if (XMLValidator.validate(text) !== true) throw malformed('$', 'is not well-formed XML');
  try {
    return parser.parse(text) as readonly ParsedNode[];
  } catch {
    // Too deep, or a name such as __proto__; the parser's own message would quote the document.
    throw malformed('$', 'is nested too deeply or has a reserved name');
  }
}

/** Outside comments and CDATA, `<!` only ever starts a declaration. */
function refuseDeclarations(text: string): void {
  let at = text.indexOf('<!');
  while (at !== -1) {
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : undefined;
    if (end === undefined) throw malformed('$', 'has a document type declaration');
    const close = text.indexOf(end, at + 4);
    if (close === -1) throw malformed('$', 'is not well-formed XML');
    at = text.indexOf('<!', close);
  }
}

function tagOf(node: ParsedNode): string {
  return Object.keys(node).find((key) => key !== ATTRIBUTES) ?? '';
}

function toElement(node: ParsedNode, outer: Prefixes, parent: string): XmlElement {
  const tag = tagOf(node);
  const raw = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>);
  const path = parent === '$' ? localName(tag) : `${parent}.${localName(tag)}`;
  const decoded = raw.map(([name, value]) => [name, decodeText(value, path)] as const);
  const prefixes = withDeclared(outer, decoded, path);
  const nodes = node[tag] as readonly ParsedNode[];
  return {
    namespace: namespaceOf(tag, prefixes, path) ?? null,
    name: localName(tag),
    attributes: decoded
      .filter(([name]) => !isDeclaration(name))
      .map(([name, value]) => ({
        // The default namespace does not hold for attributes.
        namespace: name.includes(':') ? (namespaceOf(name, prefixes, path) ?? null) : null,
        name: localName(name),
        value,
      })),
    children: nodes.filter(isElement).map((child) => toElement(child, prefixes, path)),
    text: nodes.map((child) => textOf(child, path)).join(''),
  };
}

function isElement(node: ParsedNode): boolean {
  const tag = tagOf(node);
  return tag !== TEXT && tag !== CDATA;
}

function textOf(node: ParsedNode, path: string): string {
  const content = node[tagOf(node)];
  if (tagOf(node) === TEXT) return decodeText(String(content), path);
  if (tagOf(node) !== CDATA) return '';
  return (content as readonly ParsedNode[]).map((part) => checkedText(String(part[TEXT] ?? ''), path)).join('');
}

function decodeText(text: string, path: string): string {
  return checkedText(decodeReferences(text, path), path);
}

function checkedText(text: string, path: string): string {
  if (!isXmlText(text)) throw malformed(path, 'has a character that XML does not allow');
  return text;
}

function isDeclaration(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:');
}

function withDeclared(outer: Prefixes, attributes: readonly (readonly [string, string])[], path: string): Prefixes {
  const declared = attributes.filter(([name]) => isDeclaration(name));
  if (declared.length === 0) return outer;
  if (outer.size + declared.length > MOST_PREFIXES) throw malformed(path, 'declares too many namespaces');
  return new Map([...outer, ...declared.map(([name, value]) => [name.slice('xmlns:'.length), value] as const)]);
}

function namespaceOf(name: string, prefixes: Prefixes, path: string): string | undefined {
  const colon = name.indexOf(':');
  const prefix = colon === -1 ? '' : name.slice(0, colon);
  const namespace = prefixes.get(prefix);
  if (namespace === undefined && prefix !== '') throw malformed(path, 'has a prefix without a namespace');
  return namespace === '' ? undefined : namespace;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
