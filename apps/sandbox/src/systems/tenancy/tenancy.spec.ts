import { describe, expect, it } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import type { LeaseBook } from '../../world/household.js';
import type { World } from '../../world/world.js';
import { imagineHousehold, imagineWorld, withSystem } from './testing/bench.js';
import { createTenancy } from './tenancy.js';

const NS = 'http://erp.jenawohnen.example/tenancy/2014/05';
const ACTION = `${NS}/ITenancyService/GetLeases`;
const MEMBERS = '<t:Mandant>001</t:Mandant><t:MieterNr>0000300021</t:MieterNr><t:Stichtag>2026-11-24</t:Stichtag>';

const running: LeaseBook = {
  leaseNumber: '4051 / 2 / 7 / 01',
  flatNumber: '4051 / 2 / 7',
  flat: { street: 'Am Gries', houseNumber: '4', postcode: '07747', city: 'Jena', district: 'Lobeda' },
  floor: '2. Etage',
  rooms: '3',
  area: '61.20',
  from: '2021-05-01',
  until: null,
  netRent: '378.05',
  serviceCharges: '150.95',
  heatingCharges: '88.10',
};
const older: LeaseBook = { ...running, leaseNumber: '4051 / 2 / 9 / 03', from: '2020-02-01' };
const ended: LeaseBook = { ...running, leaseNumber: '1018 / 1 / 3 / 02', from: '2013-01-01', until: '2021-04-30' };

const tenant = imagineHousehold(21, { housing: { tenantNumber: '0000300021', leases: [running, older, ended] } });
const flatless = imagineHousehold(22, { housing: { tenantNumber: '0000300022', leases: [] } });
const world = imagineWorld({
  byTenantNumber: (number) => [tenant, flatless].find((one) => one.housing?.tenantNumber === number),
});

interface Call {
  readonly members?: string;
  readonly headers?: string;
  readonly body?: string;
  readonly password?: string;
  readonly contentType?: string;
  readonly world?: World;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

function envelope({ members = MEMBERS, headers, body }: Call): string {
  const addressing = headers ?? `<w:Action>${ACTION}</w:Action><w:To>https://erp.example/erp/TenancyService.svc</w:To>`;
  return (
    `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:t="${NS}" xmlns:other="urn:other">` +
    `<soap:Header xmlns:w="http://www.w3.org/2005/08/addressing">${addressing}</soap:Header>` +
    `<soap:Body>${body ?? `<t:GetLeases><t:Request>${members}</t:Request></t:GetLeases>`}</soap:Body></soap:Envelope>`
  );
}

async function post(call: Call = {}, bytes: string = envelope(call)): Promise<Answer> {
  let answer: Answer | undefined;
  await withSystem(createTenancy, call.world ?? world, async (url) => {
    const response = await fetch(`${url}/erp/TenancyService.svc`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`svc-saaltor:${call.password ?? 'sandbox-erp'}`).toString('base64')}`,
        'Content-Type': call.contentType ?? 'application/soap+xml;charset=UTF-8',
      },
      body: bytes,
    });
    answer = { status: response.status, headers: response.headers, text: await response.text() };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, isArray: (name) => name === 'Vertrag' });

async function result(members?: string) {
  const answer = await post(members === undefined ? {} : { members });
  expect(answer.status).toBe(200);
  return parser.parse(answer.text)['s:Envelope']['s:Body'].GetLeasesResponse.GetLeasesResult;
}

describe('the tenancy ERP', () => {
  it('gives all leases of a tenant, ended ones too', async () => {
    const { Success, Message, Vertraege } = await result();
    expect([Success, Message]).toEqual(['true', '']);
    expect(Vertraege.Vertrag).toHaveLength(3);
    expect(Vertraege.Vertrag[0]).toEqual({
      VertragNr: '4051 / 2 / 7 / 01',
      ObjektNr: '4051 / 2 / 7',
      Strasse: 'Am Gries',
      HausNr: '4',
      PLZ: '07747',
      Ort: 'Jena',
      Ortsteil: 'Lobeda',
      Lage: '2. Etage',
      Zimmer: '3',
      Wohnflaeche: '61.20',
      Beginn: '2021-05-01T00:00:00',
      Ende: { '@_i:nil': 'true' },
      Kaltmiete: '378.05',
      Nebenkosten: '150.95',
      Heizkosten: '88.10',
      Bruttomiete: '529.00',
    });
  });

  it('writes an open end now as nil, now as the year 9999, and a real end as midnight', async () => {
    const { Vertraege } = await result();
    expect(Vertraege.Vertrag.slice(1).map((lease: { Ende: string }) => lease.Ende)).toEqual([
      '9999-12-31T00:00:00',
      '2021-04-30T00:00:00',
    ]);
  });

  it('names its namespaces and its answering action', async () => {
    const { text, headers } = await post();
    expect(headers.get('content-type')).toBe('application/soap+xml; charset=utf-8');
    const { 's:Envelope': root } = parser.parse(text);
    expect(root['@_xmlns:s']).toBe('http://www.w3.org/2003/05/soap-envelope');
    expect(root['s:Header']['a:Action']['#text']).toBe(`${ACTION}Response`);
    expect(root['s:Body'].GetLeasesResponse['@_xmlns']).toBe(NS);
  });

  it('gives an empty list to a tenant without a lease', async () => {
    const answer = await result('<t:Mandant>001</t:Mandant><t:MieterNr>0000300022</t:MieterNr>');
    expect([answer.Success, answer.Vertraege]).toEqual(['true', '']);
  });

  it.each([
    ['an unknown number', '<t:Mandant>001</t:Mandant><t:MieterNr>0000999999</t:MieterNr>', 'Mieter nicht gefunden'],
    ['a number without zeros', '<t:Mandant>001</t:Mandant><t:MieterNr>300021</t:MieterNr>', 'Mieter nicht gefunden'],
    ['another client', '<t:Mandant>002</t:Mandant><t:MieterNr>0000300021</t:MieterNr>', 'Mieter nicht gefunden'],
    ['no number', '<t:Mandant>001</t:Mandant>', 'MieterNr fehlt'],
    ['an empty number', '<t:Mandant>001</t:Mandant><t:MieterNr/>', 'MieterNr fehlt'],
    ['no client', '<t:MieterNr>0000300021</t:MieterNr>', 'Mandant fehlt'],
  ])('answers 200 with a business error for %s', async (_, members, message) => {
    expect(await result(members)).toMatchObject({ Success: 'false', Message: message });
  });

  it.each([
    [
      'the wrong order',
      '<t:Mandant>001</t:Mandant><t:Stichtag>2026-11-24</t:Stichtag><t:MieterNr>0000300021</t:MieterNr>',
    ],
    ['another namespace', '<t:Mandant>001</t:Mandant><other:MieterNr>0000300021</other:MieterNr>'],
    ['no namespace', '<t:Mandant>001</t:Mandant><MieterNr>0000300021</MieterNr>'],
    ['another spelling', '<t:Mandant>001</t:Mandant><t:Mieternr>0000300021</t:Mieternr>'],
  ])('silently ignores a number in %s', async (_, members) => {
    expect(await result(members)).toMatchObject({ Success: 'false', Message: 'MieterNr fehlt' });
  });

  it('silently ignores a call whose operation is in another namespace', async () => {
    const { text } = await post({ body: `<other:GetLeases><t:Request>${MEMBERS}</t:Request></other:GetLeases>` });
    expect(text).toContain('<Message>MieterNr fehlt</Message>');
  });

  it.each([
    ['no action', '', 500, 'a:MessageAddressingHeaderRequired'],
    ['a foreign action', '<w:Action>urn:x</w:Action>', 500, 'a:ActionNotSupported'],
    ['no address', `<w:Action>${ACTION}</w:Action>`, 500, 'a:DestinationUnreachable'],
    [
      'a foreign address',
      `<w:Action>${ACTION}</w:Action><w:To>http://erp/other</w:To>`,
      500,
      'a:DestinationUnreachable',
    ],
  ])('answers a fault for %s', async (_, headers, status, subcode) => {
    const answer = await post({ headers });
    expect(answer.status).toBe(status);
    const fault = parser.parse(answer.text)['s:Envelope']['s:Body']['s:Fault'];
    expect(fault['s:Code']).toEqual({ 's:Value': 's:Sender', 's:Subcode': { 's:Value': subcode } });
    expect(fault['s:Reason']['s:Text']['@_xml:lang']).toBe('de');
  });

  it.each(['2026-02-30', '24.11.2026', 'morgen'])('answers a fault as 200 for the key date %s', async (date) => {
    const members = `<t:Mandant>001</t:Mandant><t:MieterNr>0000300021</t:MieterNr><t:Stichtag>${date}</t:Stichtag>`;
    const answer = await post({ members });
    expect(answer.status).toBe(200);
    expect(parser.parse(answer.text)['s:Envelope']['s:Body']['s:Fault']['s:Code']).toEqual({ 's:Value': 's:Sender' });
  });

  it('answers a version fault to SOAP 1.1', async () => {
    const answer = await post({}, '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>');
    expect([answer.status, answer.text.includes('s:VersionMismatch')]).toEqual([500, true]);
  });

  it('turns a wrong password away with a challenge and a web page', async () => {
    const answer = await post({ password: 'wrong' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it('answers web pages to what is no SOAP 1.2', async () => {
    expect((await post({ contentType: 'text/xml' })).status).toBe(415);
    expect((await post({}, '<!DOCTYPE x><x/>')).status).toBe(400);
  });

  it('lets a fault of one household hit that household only', async () => {
    const faulty = imagineWorld({
      byTenantNumber: (number) => world.byTenantNumber(number),
      faults: { find: (system, household) => (household === 21 ? { kind: '500', system, household } : undefined) },
    });
    expect((await post({ world: faulty })).status).toBe(500);
    const other = await post({ world: faulty, members: MEMBERS.replace('0000300021', '0000300022') });
    expect(other.status).toBe(200);
  });

  it('names the environment of the gateway', () => {
    expect(createTenancy(world).environment('http://erp')).toEqual({
      HOUSING_ERP_URL: 'http://erp',
      HOUSING_ERP_USER: 'svc-saaltor',
      HOUSING_ERP_PASSWORD: 'sandbox-erp',
    });
  });
});
