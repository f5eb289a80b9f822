import type { LeaseBook } from '../../world/household.js';
import { cents, euros } from '../../world/money.js';
import { ADDRESSING, GET_LEASES, SERVICE, SOAP_12 } from './read-call.js';
import type { SoapFault } from './soap-fault.js';
import { escapeXml } from './xml.js';

const NO_END_DATE = '9999-12-31T00:00:00';

/** The answer with all leases of a tenant; an empty list is an empty element. */
export function writeLeases(leases: readonly LeaseBook[]): string {
  const list = leases.length === 0 ? '<Vertraege/>' : `<Vertraege>${leases.map(writeLease).join('')}</Vertraege>`;
  return writeResult(`<Success>true</Success><Message/>${list}`);
}

/** A business error: HTTP 200, no list. */
export function writeRefusal(message: string): string {
  return writeResult(`<Success>false</Success>${element('Message', message)}`);
}

export function writeFault(fault: SoapFault): string {
  const subcode = fault.subcode === null ? '' : `<s:Subcode><s:Value>${fault.subcode}</s:Value></s:Subcode>`;
  return writeEnvelope(
    `${ADDRESSING}/fault`,
    `<s:Fault><s:Code><s:Value>s:${fault.code}</s:Value>${subcode}</s:Code>` +
      `<s:Reason><s:Text xml:lang="de">${escapeXml(fault.message)}</s:Text></s:Reason></s:Fault>`,
  );
}

function writeResult(content: string): string {
  return writeEnvelope(
    `${GET_LEASES}Response`,
    `<GetLeasesResponse xmlns="${SERVICE}">` +
      `<GetLeasesResult xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${content}</GetLeasesResult>` +
      `</GetLeasesResponse>`,
  );
}

function writeEnvelope(action: string, body: string): string {
  return (
    `<s:Envelope xmlns:s="${SOAP_12}" xmlns:a="${ADDRESSING}">` +
    `<s:Header><a:Action s:mustUnderstand="1">${action}</a:Action></s:Header>` +
    `<s:Body>${body}</s:Body></s:Envelope>`
  );
}

function writeLease(lease: LeaseBook): string {
  const fields = [
    element('VertragNr', lease.leaseNumber),
    element('ObjektNr', lease.flatNumber),
    element('Strasse', lease.flat.street),
    element('HausNr', lease.flat.houseNumber),
    element('PLZ', lease.flat.postcode),
    element('Ort', lease.flat.city),
    element('Ortsteil', lease.flat.district),
    element('Lage', lease.floor),
    element('Zimmer', lease.rooms),
    element('Wohnflaeche', lease.area),
    element('Beginn', `${lease.from}T00:00:00`),
    writeEnd(lease),
    element('Kaltmiete', lease.netRent),
    element('Nebenkosten', lease.serviceCharges),
    element('Heizkosten', lease.heatingCharges),
    element('Bruttomiete', euros(cents(lease.netRent) + cents(lease.serviceCharges))),
  ];
  return `<Vertrag>${fields.join('')}</Vertrag>`;
}

/** An open end is nil or the year 9999: which of the two depends on the programme that wrote the lease. */
function writeEnd(lease: LeaseBook): string {
  if (lease.until !== null) return element('Ende', `${lease.until}T00:00:00`);
  return writtenByOldProgramme(lease) ? element('Ende', NO_END_DATE) : '<Ende i:nil="true"/>';
}

function writtenByOldProgramme(lease: LeaseBook): boolean {
  return Number(lease.from.slice(0, 4)) % 2 === 0;
}

function element(name: string, value: string): string {
  return value === '' ? `<${name}/>` : `<${name}>${escapeXml(value)}</${name}>`;
}
