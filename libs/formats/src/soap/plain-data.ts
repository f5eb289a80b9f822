import { malformed } from '../wire/wire-object.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';
import { ENCODING_NAMESPACES, XSI_NAMESPACE } from './soap-names.js';

/**
 * An element as plain data for `WireObject`: an object of its children by local name, text, null for `xsi:nil`, or a
 * list.
 */
export type PlainData = string | null | readonly PlainData[] | { readonly [name: string]: PlainData };

/**
 * How lists are written in document/literal: name of the enclosing element → name of its items. Such an element is
 * always a list, with none, one or many items. SOAP-encoded arrays need no entry.
 */
export type ListElements = Readonly<Record<string, string>>;

/** References may be shared, so a small document could unfold into a huge one. */
const MOST_VALUES = 200_000;
const DEEPEST = 60;

/** Turns elements into plain data; one per envelope, because references reach across its body. */
export class PlainDataReader {
  private values = 0;
  private readonly byId = new Map<string, XmlElement>();

  constructor(
    scope: XmlElement,
    private readonly lists: ListElements,
  ) {
    this.collectIds(scope);
  }

  /** @throws AppError UPSTREAM_MALFORMED for a dangling or circular reference and for data that unfolds too far */
  read(element: XmlElement, path: string, depth = 0): PlainData {
    this.values += 1;
    if (this.values > MOST_VALUES || depth > DEEPEST) throw malformed(path, 'unfolds too far');
    const reference = referenceOf(element);
    if (reference !== undefined) return this.read(this.target(reference, path), path, depth + 1);
    if (isNil(element)) return null;
    const item = Object.hasOwn(this.lists, element.name) ? this.lists[element.name] : undefined;
    if (item !== undefined)
      return this.readItems(
        element.children.filter(({ name }) => name === item),
        path,
        depth,
      );
    if (isEncodedArray(element)) return this.readItems(element.children, path, depth);
    return element.children.length === 0 ? element.text : this.readFields(element, path, depth);
  }

  /** As {@link read}, but an element without children is an object without fields. */
  readFields(element: XmlElement, path: string, depth = 0): { readonly [name: string]: PlainData } {
    const fields: Record<string, PlainData> = Object.create(null) as Record<string, PlainData>;
    const repeated = new Map<string, PlainData[]>();
    for (const child of element.children) {
      const value = this.read(child, `${path}.${child.name}`, depth + 1);
      const earlier = repeated.get(child.name);
      if (earlier !== undefined) earlier.push(value);
      else repeated.set(child.name, [value]);
    }
    for (const [name, values] of repeated) fields[name] = values.length === 1 ? values[0]! : values;
    return fields;
  }

  private readItems(items: readonly XmlElement[], path: string, depth: number): readonly PlainData[] {
    return items.map((item, index) => this.read(item, `${path}[${index}]`, depth + 1));
  }

  private target(reference: string, path: string): XmlElement {
    const target = this.byId.get(reference);
    if (target === undefined) throw malformed(path, 'refers to an element that is not there');
    return target;
  }

  private collectIds(element: XmlElement): void {
    const id = idOf(element);
    if (id !== undefined) this.byId.set(id, element);
    for (const child of element.children) this.collectIds(child);
  }
}

/** SOAP 1.1: `id="x"`; SOAP 1.2: `enc:id="x"`. */
function idOf(element: XmlElement): string | undefined {
  return attributeOf(element, null, 'id') ?? encodingAttribute(element, 'id');
}

/** SOAP 1.1: `href="#x"`; SOAP 1.2: `enc:ref="x"`. Only an empty element refers; others own such an attribute. */
function referenceOf(element: XmlElement): string | undefined {
  if (element.children.length > 0 || element.text.trim() !== '') return undefined;
  const href = attributeOf(element, null, 'href');
  return href?.startsWith('#') ? href.slice(1) : encodingAttribute(element, 'ref');
}

function isNil(element: XmlElement): boolean {
  const nil = attributeOf(element, XSI_NAMESPACE, 'nil')?.trim();
  return nil === 'true' || nil === '1';
}

function isEncodedArray(element: XmlElement): boolean {
  if (encodingAttribute(element, 'arrayType') !== undefined) return true;
  if (encodingAttribute(element, 'itemType') !== undefined) return true;
  const type = attributeOf(element, XSI_NAMESPACE, 'type');
  return type !== undefined && /(?:^|:)Array$/.test(type);
}

function encodingAttribute(element: XmlElement, name: string): string | undefined {
  for (const namespace of ENCODING_NAMESPACES) {
    const value = attributeOf(element, namespace, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
