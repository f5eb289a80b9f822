import { SoapFault } from './soap-fault.js';
import { child, parseXml, type XmlElement } from './xml.js';

export const SOAP_12 = 'http://www.w3.org/2003/05/soap-envelope';
export const ADDRESSING = 'http://www.w3.org/2005/08/addressing';
export const SERVICE = 'http://erp.jenawohnen.example/tenancy/2014/05';
export const GET_LEASES = `${SERVICE}/ITenancyService/GetLeases`;
export const SERVICE_PATH = '/erp/TenancyService.svc';

/** What the service understood of a GetLeases call. Null: not given, or given where the contract does not look. */
export interface LeasesCall {
  readonly client: string | null;
  readonly tenantNumber: string | null;
}

/** The data contract's members in their order. The serialiser looks forward only and skips all it does not expect. */
const MEMBERS = ['Mandant', 'MieterNr', 'Stichtag'];

/**
 * Reads the envelope of a call. The key date is checked and has no further effect: the books know one rent per lease.
 * @throws NotXml when the body is no XML
 * @throws SoapFault for a wrong envelope, wrong WS-Addressing headers or an unreadable key date
 */
export function readCall(body: Buffer): LeasesCall {
  const envelope = parseXml(body);
  if (envelope.name !== 'Envelope' || envelope.namespace !== SOAP_12) {
    throw new SoapFault(500, 'VersionMismatch', null, 'Die Nachricht ist kein SOAP-1.2-Umschlag.');
  }
  checkAddressing(child(envelope, SOAP_12, 'Header'));
  const operation = child(child(envelope, SOAP_12, 'Body'), SERVICE, 'GetLeases');
  const members = readMembers(child(operation, SERVICE, 'Request'));
  const keyDate = members.get('Stichtag');
  if (keyDate !== undefined && !isDate(keyDate)) {
    throw new SoapFault(200, 'Sender', null, 'Der Parameter Stichtag konnte nicht deserialisiert werden.');
  }
  return { client: members.get('Mandant') ?? null, tenantNumber: members.get('MieterNr') ?? null };
}

function checkAddressing(header: XmlElement | undefined): void {
  const action = child(header, ADDRESSING, 'Action')?.text.trim();
  if (action === undefined) {
    throw new SoapFault(500, 'Sender', 'a:MessageAddressingHeaderRequired', 'Der Header Action fehlt.');
  }
  if (action !== GET_LEASES) {
    throw new SoapFault(500, 'Sender', 'a:ActionNotSupported', 'Die Action gehört zu keinem Vorgang dieses Dienstes.');
  }
  const to = child(header, ADDRESSING, 'To')?.text.trim();
  if (to === undefined || !URL.canParse(to) || new URL(to).pathname !== SERVICE_PATH) {
    throw new SoapFault(500, 'Sender', 'a:DestinationUnreachable', 'Der Header To nennt keinen bekannten Endpunkt.');
  }
}

function readMembers(request: XmlElement | undefined): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let next = 0;
  for (const element of request?.children ?? []) {
    const position = element.namespace === SERVICE ? MEMBERS.indexOf(element.name, next) : -1;
    if (position === -1) continue;
    next = position + 1;
    if (element.text !== '') members.set(element.name, element.text);
  }
  return members;
}

/** xsd:date or xsd:dateTime of a day that exists. */
function isDate(text: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:\d{2})?$/.exec(text)?.[1];
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${day}T`);
}
