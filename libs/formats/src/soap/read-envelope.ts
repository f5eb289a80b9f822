import { malformed } from '../wire/wire-object.js';
import { attributeOf, parseXml, type XmlElement } from '../xml/xml-element.js';
import { PlainDataReader, type ListElements, type PlainData } from './plain-data.js';
import { readFault, type SoapFault } from './read-fault.js';
import { ENCODING_NAMESPACES, soapVersionOf, type SoapVersion } from './soap-names.js';

/** The first element of a body, which is the answer of the operation. */
export interface SoapPayload {
  readonly kind: 'payload';
  readonly version: SoapVersion;
  readonly namespace: string | null;
  /** Local name, e.g. `GetLeasesResponse`. */
  readonly name: string;
  /** Its fields as plain data: text stays text, so convert numbers and flags yourself. */
  readonly fields: { readonly [name: string]: PlainData };
}

/**
 * Reads a SOAP 1.1 or 1.2 envelope, document/literal or RPC/encoded. A fault is a result like any other, because
 * servers send it with status 500 and with 200. Header blocks are ignored.
 * @param lists literal list elements and their items; see {@link ListElements}
 * @throws AppError UPSTREAM_MALFORMED when it is no such envelope, with the place and never with content
 */
export function readEnvelope(bytes: Uint8Array, lists: ListElements = {}): SoapPayload | SoapFault {
  const envelope = parseXml(bytes);
  const version = envelope.name === 'Envelope' ? soapVersionOf(envelope.namespace) : undefined;
  if (version === undefined) throw malformed('$', 'is not a SOAP envelope');
  const body = envelope.children.find(({ name, namespace }) => name === 'Body' && namespace === envelope.namespace);
  if (body === undefined) throw malformed('Envelope.Body', 'is missing');
  const first = body.children.find(isRoot);
  if (first === undefined) throw malformed('Envelope.Body', 'is empty');
  const reader = new PlainDataReader(body, lists);
  if (first.name === 'Fault' && first.namespace === envelope.namespace) return readFault(first, version, reader);
  const { namespace, name } = first;
  return { kind: 'payload', version, namespace, name, fields: reader.readFields(first, name) };
}

/** SOAP 1.1 puts shared values beside the answer; they are marked by `root="0"` or by being named `multiRef`. */
function isRoot(element: XmlElement): boolean {
  const marked = ENCODING_NAMESPACES.some((namespace) => attributeOf(element, namespace, 'root') === '0');
  return !marked && element.name !== 'multiRef';
}
