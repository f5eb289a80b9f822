import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element with its prefix already resolved to a namespace (empty: none). */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Character data directly inside, entities decoded, blanks kept. */
  readonly text: string;
}

/** The bytes are not an XML document a legacy server would take. */
export class NotXml extends Error {
  override readonly name = 'NotXml';
}

type RawNode = Readonly<Record<string, unknown>>;

const DEEPEST = 64;
const ATTRIBUTES = ':@';
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Entities are decoded below, so that nothing but the five of XML itself is ever replaced.
  processEntities: false,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Reads one XML document.
 * @throws NotXml for anything malformed, a DOCTYPE, an unbound prefix, an unknown entity or nesting past 64 levels
 */
export function parseXml(bytes: Buffer): XmlElement {
  const source = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (/<!DOCTYPE/i.test(source)) throw new NotXml('a DOCTYPE is not taken');
  if (XMLValidator.validate(source) !== true) throw new NotXml('not well-formed');
  const [root, second] = (parse(source) as readonly RawNode[]).filter((node) => tagOf(node) !== undefined);
  if (root === undefined || second !== undefined) throw new NotXml('not exactly one root element');
  return resolve(root, new Map([['', '']]), 0);
}

/** The first child of that namespace and name. */
export function child(parent: XmlElement | undefined, namespace: string, name: string): XmlElement | undefined {
  return parent?.children.find((one) => one.namespace === namespace && one.name === name);
}

/** Character data for an answer: markup escaped, control characters dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function parse(source: string): unknown {
  try {
    return parser.parse(source);
  } catch (error) {
    throw new NotXml('not parsable', { cause: error });
  }
}

function resolve(node: RawNode, outerScope: ReadonlyMap<string, string>, depth: number): XmlElement {
  if (depth > DEEPEST) throw new NotXml('nested too deeply');
  const tag = tagOf(node) ?? '';
  const content = node[tag] as readonly RawNode[];
  const scope = declare(outerScope, (node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>);
  const [prefix, name] = tag.includes(':') ? (tag.split(':', 2) as [string, string]) : ['', tag];
  const namespace = scope.get(prefix);
  if (namespace === undefined) throw new NotXml('an unbound prefix');
  return {
    namespace,
    name,
    children: content.filter((one) => tagOf(one) !== undefined).map((one) => resolve(one, scope, depth + 1)),
    text: content.map(textOf).join(''),
  };
}

function declare(scope: ReadonlyMap<string, string>, attributes: Readonly<Record<string, string>>) {
  const declared = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return scope;
  return new Map([...scope, ...declared.map(([name, uri]) => [name.slice('xmlns:'.length), decode(uri)] as const)]);
}

function tagOf(node: RawNode): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES && !key.startsWith('#'));
}

function textOf(node: RawNode): string {
  if (typeof node['#text'] === 'string') return decode(node['#text']);
  const cdata = node['#cdata'];
  return Array.isArray(cdata) ? cdata.map((part: RawNode) => String(part['#text'] ?? '')).join('') : '';
}

function decode(text: string): string {
  return text.replace(/&(?:([^;&]{1,10});)?/g, (_, entity = '') =>
    Object.hasOwn(ENTITIES, entity) ? String(ENTITIES[entity]) : characterOf(entity),
  );
}

function characterOf(entity: string): string {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(entity);
  const code = match?.[1] !== undefined ? Number.parseInt(match[1], 16) : Number(match?.[2]);
  if (!(code >= 9 && code <= 0x10ffff)) throw new NotXml('an unknown entity');
  return String.fromCodePoint(code);
}
