// The tenancy ERP: one SOAP 1.2 call.
import { XMLParser } from 'fast-xml-parser';
import { amount, decimal, idOf } from './shapes.mjs';
import { basic, callWell } from './upstream.mjs';

const { HOUSING_ERP_URL: URL_OF_ERP, HOUSING_ERP_USER: USER, HOUSING_ERP_PASSWORD: PASSWORD } = process.env;
const PATH = '/erp/TenancyService.svc';
const NAMESPACE = 'http://erp.jenawohnen.example/tenancy/2014/05';
const OPEN_END = '9999-12-31';

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === 'Vertrag',
});
const headers = {
  accept: 'application/soap+xml',
  authorization: basic(USER, PASSWORD),
  'content-type': 'application/soap+xml;charset=UTF-8',
};

export async function housingOf(account, today) {
  const body =
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" ` +
    `xmlns:a="http://www.w3.org/2005/08/addressing" xmlns:t="${NAMESPACE}"><soap:Header><a:Action>${NAMESPACE}/` +
    `ITenancyService/GetLeases</a:Action><a:To>${URL_OF_ERP}${PATH}</a:To></soap:Header><soap:Body><t:GetLeases>` +
    `<t:Request><t:Mandant>001</t:Mandant><t:MieterNr>${account}</t:MieterNr><t:Stichtag>${today}</t:Stichtag>` +
    `</t:Request></t:GetLeases></soap:Body></soap:Envelope>`;
  const { text } = await callWell(URL_OF_ERP, { method: 'POST', path: PATH, headers, body });
  const { Success, Vertraege } = parser.parse(text).Envelope.Body.GetLeasesResponse.GetLeasesResult;
  if (Success !== 'true') throw new Error('the ERP refused');
  return { id: idOf('HousingCustomer', account), leases: (Vertraege?.Vertrag ?? []).map(leaseOf) };
}

function leaseOf(row) {
  const until = row.Ende ? row.Ende.slice(0, 10) : null;
  return {
    id: idOf('Lease', row.VertragNr),
    number: row.VertragNr,
    address: `${row.Strasse} ${row.HausNr}, ${row.PLZ} ${row.Ort}`,
    from: row.Beginn.slice(0, 10),
    until: until === OPEN_END ? null : until,
    flat: {
      number: row.ObjektNr,
      rooms: decimal(row.Zimmer, 1),
      area: decimal(row.Wohnflaeche),
      floor: row.Lage || null,
      district: row.Ortsteil || null,
    },
    netRent: amount(row.Kaltmiete),
    serviceCharges: amount(row.Nebenkosten),
    heatingCharges: row.Heizkosten ? amount(row.Heizkosten) : null,
    grossRent: amount(row.Bruttomiete),
  };
}
