import { child, parseXml, type XmlElement } from '../tenancy/xml.js';

export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SERVICE = 'urn:TPAPIPosIntfU-ITPAPIPOS';

/** A TOrderItem as it stands in the request. */
export interface OrderItem {
  readonly articleId: string;
  readonly type: string;
  readonly quantity: string;
}

/** What the till's SOAP dispatcher found in a call. */
export interface TillRequest {
  readonly operation: string;
  readonly user: string;
  readonly password: string;
  readonly modifiedSince: string | null;
  /** Text of the members directly below the request, by local name; of one given twice the last one counts. */
  readonly fields: ReadonlyMap<string, string>;
  /** What CreateOrder orders. */
  readonly items: readonly OrderItem[];
  /** Key and value pairs of `Extra`; of a key given twice the last one counts. */
  readonly extra: ReadonlyMap<string, string>;
}

/** The dispatcher could not find out what is meant. */
export class NotDispatched extends Error {
  override readonly name = 'NotDispatched';
}

/**
 * Reads an RPC/encoded call. Parameters are found by local name, in any order, with or without a type.
 * @throws NotXml when the body is no XML
 * @throws NotDispatched when SOAPAction, envelope or operation do not fit together
 */
export function readRequest(soapAction: string | undefined, body: Buffer): TillRequest {
  const envelope = parseXml(body);
  if (envelope.name !== 'Envelope' || envelope.namespace !== SOAP_11)
    throw new NotDispatched('not a SOAP 1.1 envelope');
  const operation = child(envelope, SOAP_11, 'Body')?.children.find((one) => one.namespace === SERVICE);
  if (operation === undefined) throw new NotDispatched('the body names no method of this interface');
  if (soapAction?.replace(/^"|"$/g, '') !== `${SERVICE}#${operation.name}`) {
    throw new NotDispatched('the header SOAPAction does not name the method');
  }
  const request = member(operation, 'Request');
  return {
    operation: operation.name,
    user: member(request, 'UserName')?.text ?? '',
    password: member(request, 'Password')?.text ?? '',
    modifiedSince: member(request, 'ModifiedSince')?.text || null,
    fields: new Map((request?.children ?? []).map(({ name, text }) => [name, text])),
    items: (member(request, 'Items')?.children ?? []).map(readItem),
    extra: readExtra(member(request, 'Extra')),
  };
}

function readExtra(array: XmlElement | undefined): ReadonlyMap<string, string> {
  const items = array?.children ?? [];
  return new Map(items.map((item) => [member(item, 'Key')?.text ?? '', member(item, 'Value')?.text ?? '']));
}

function readItem(item: XmlElement): OrderItem {
  const text = (name: string): string => member(item, name)?.text ?? '';
  return { articleId: text('ArticleId'), type: text('OrderItemType'), quantity: text('Quantity') };
}

function member(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((one) => one.name === name);
}
