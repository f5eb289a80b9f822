import { child, parseXml, type XmlElement } from '../tenancy/xml.js';

export const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const SERVICE = 'urn:TPAPIPosIntfU-ITPAPIPOS';

/** What the till's SOAP dispatcher found in a call. */
export interface TillRequest {
  readonly operation: string;
  readonly user: string;
  readonly password: string;
  readonly modifiedSince: string | null;
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
    extra: readExtra(member(request, 'Extra')),
  };
}

function readExtra(array: XmlElement | undefined): ReadonlyMap<string, string> {
  const items = array?.children ?? [];
  return new Map(items.map((item) => [member(item, 'Key')?.text ?? '', member(item, 'Value')?.text ?? '']));
}

function member(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((one) => one.name === name);
}
