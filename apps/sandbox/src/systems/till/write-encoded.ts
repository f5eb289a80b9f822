import { escapeXml } from '../tenancy/xml.js';
import { SERVICE, SOAP_11 } from './read-request.js';
import type { Result } from './return-code.js';

type XsdType = 'string' | 'int' | 'long' | 'double' | 'boolean' | 'dateTime';

/** An element with its type, empty strings as empty elements. */
export function encoded(name: string, type: XsdType, value: string): string {
  const start = `<${name} xsi:type="xsd:${type}"`;
  return value === '' ? `${start}/>` : `${start}>${escapeXml(value)}</${name}>`;
}

/** A SOAP-ENC array of a class of `urn:TPAPIPosTypesU`; items are already written. */
export function encodedArray(name: string, itemType: string, items: readonly string[]): string {
  const start = `<${name} xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:${itemType}[${items.length}]"`;
  if (items.length === 0) return `${start}/>`;
  return `${start}>${items.map((item) => `<item xsi:type="NS3:${itemType}">${item}</item>`).join('')}</${name}>`;
}

/** A SOAP-ENC array of plain numbers. */
export function encodedLongs(name: string, values: readonly number[]): string {
  const start = `<${name} xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:long[${values.length}]"`;
  return values.length === 0
    ? `${start}/>`
    : `${start}>${values.map((value) => `<item>${value}</item>`).join('')}</${name}>`;
}

/** The array `Extra`, which every class of the till carries, itself included. */
export function encodedExtra(pairs: readonly (readonly [key: string, value: string])[] = []): string {
  const items = pairs.map(
    ([key, value]) =>
      encoded('Key', 'string', key) + encoded('Value', 'string', value) + encodedArray('Extra', 'TExtraInfo', []),
  );
  return encodedArray('Extra', 'TExtraInfo', items);
}

/** The answer to `operation`; `members` stand between the return message and the last array, `extra` in that. */
export function writeReturn(
  operation: string,
  type: string,
  result: Result,
  members: string,
  extra: readonly (readonly [key: string, value: string])[] = [],
): string {
  return writeEnvelope(
    `<NS1:${operation}Response xmlns:NS2="urn:TPAPIPosIntfU" xmlns:NS3="urn:TPAPIPosTypesU">` +
      `<return xsi:type="NS2:${type}">${writeResult(result)}${members}${encodedExtra(extra)}</return>` +
      `</NS1:${operation}Response>`,
  );
}

/** The answer of an operation that has nothing to tell, which leaves out even the last array. */
export function writeBareReturn(operation: string, type: string, result: Result): string {
  return writeEnvelope(
    `<NS1:${operation}Response xmlns:NS2="urn:TPAPIPosIntfU">` +
      `<return xsi:type="NS2:${type}">${writeResult(result)}</return></NS1:${operation}Response>`,
  );
}

function writeResult({ code, message }: Result): string {
  return encoded('ReturnCode', 'int', String(code)) + encoded('ReturnMessage', 'string', message);
}

/** What the dispatcher says before any method is called. */
export function writeFault(reason: string): string {
  return writeEnvelope(
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>${escapeXml(reason)}</faultstring></SOAP-ENV:Fault>`,
  );
}

function writeEnvelope(body: string): string {
  return (
    `<?xml version="1.0"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP_11}"` +
    ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
    ` xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/">` +
    `<SOAP-ENV:Body SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:NS1="${SERVICE}">` +
    `${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`
  );
}
