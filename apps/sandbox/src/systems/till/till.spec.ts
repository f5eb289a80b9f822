import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import type { World } from '../../world/world.js';
import { imagineHousehold, imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { createTill } from './till.js';
import { allDigits } from './write-client.js';

const SERVICE = 'urn:TPAPIPosIntfU-ITPAPIPOS';

const swimmer = imagineHousehold(3, {
  pools: {
    clientId: 700_015,
    cards: [
      { uid: '04BEEF00112280', balance: '12.30' },
      { uid: '04BEEF00112380', balance: '50.00' },
    ],
  },
});
const cardless = imagineHousehold(4, { pools: { clientId: 700_020, cards: [] } });
const dry = imagineHousehold(5, {});
const households = [swimmer, cardless, dry];

const world = imagineWorld({
  household: (number) => households.find((one) => one.number === number),
  byTillClient: (id) => households.find((one) => one.pools?.clientId === id),
  byCardUid: (uid) => households.find((one) => one.pools?.cards.some((card) => card.uid === uid)),
});

const CLIENT_MEMBERS = `Id Number Name Country Phone Fax Email Website Address Info BirthDate CardNumber Code OnInvoice
  PriceActive Price PromotionPrice AccountBalance AccountLimit IsSharedAccount SharedAccount SavePoints SaveAmount
  Extra`.split(/\s+/);

interface Call {
  readonly operation?: string;
  readonly extra?: Readonly<Record<string, string>>;
  readonly more?: string;
  readonly password?: string;
  readonly action?: string;
  readonly world?: World;
}

function envelope({ operation = 'GetClientsEx', extra = {}, more = '', password = 'sandbox-till' }: Call): string {
  const items = Object.entries(extra).map(
    ([key, value]) =>
      `<item xsi:type="u:TExtraInfo"><Key xsi:type="xsd:string">${key}</Key><Value>${value}</Value></item>`,
  );
  return (
    `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="urn:TPAPIPosTypesU"` +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><e:Body>` +
    `<q:${operation} xmlns:q="${SERVICE}"><Request><Password>${password}</Password><UserName>saaltor</UserName>` +
    `${more}<Extra>${items.join('')}</Extra></Request></q:${operation}></e:Body></e:Envelope>`
  );
}

async function post(call: Call = {}, body: string = envelope(call)) {
  let answer: { status: number; contentType: string | null; text: string } | undefined;
  await withSystem(createTill, call.world ?? world, async (url) => {
    const action = call.action ?? `"${SERVICE}#${call.operation ?? 'GetClientsEx'}"`;
    const headers = { SOAPAction: action, 'Content-Type': 'text/xml' };
    const response = await fetch(`${url}/soap/ITPAPIPOS`, { method: 'POST', headers, body });
    const contentType = response.headers.get('content-type');
    answer = { status: response.status, contentType, text: await response.text() };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, isArray: (name) => name === 'item' });

async function returned(call: Call) {
  const { status, text } = await post(call);
  expect(status).toBe(200);
  const body = parser.parse(text)['SOAP-ENV:Envelope']['SOAP-ENV:Body'];
  return body[`NS1:${call.operation ?? 'GetClientsEx'}Response`].return;
}

interface Encoded {
  readonly '#text'?: string;
  readonly '@_xsi:type': string;
}

const value = (element: Encoded) => element['#text'] ?? '';

describe('the till', () => {
  it('finds a client by id, one row per card', async () => {
    const { ReturnCode, ReturnMessage, Clients } = await returned({ extra: { id: '700015' } });
    expect([value(ReturnCode), value(ReturnMessage)]).toEqual(['0', 'ok']);
    expect(Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[2]');
    expect(Clients.item.map((one: Record<string, Encoded>) => [one['Id'], one['AccountBalance']])).toEqual([
      [
        { '#text': '700015', '@_xsi:type': 'xsd:long' },
        { '#text': '12.300000000000001', '@_xsi:type': 'xsd:double' },
      ],
      [
        { '#text': '700015', '@_xsi:type': 'xsd:long' },
        { '#text': '50', '@_xsi:type': 'xsd:double' },
      ],
    ]);
  });

  it('finds one card by its UID, in either case, still as an array', async () => {
    const { Clients } = await returned({ extra: { smartcard_uid: '04beef00112380' } });
    expect(Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[1]');
    const extra: { Key: Encoded; Value: Encoded }[] = Clients.item[0].Extra.item;
    expect(extra.map((one) => [value(one.Key), value(one.Value)])).toEqual([
      ['last_update', expect.stringMatching(/^\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2}$/)],
      ['is_active', '1'],
      ['country_id', '5000000049'],
      ['smartcard_uid', '04BEEF00112380'],
    ]);
  });

  it('writes all members of the class, texts escaped, the birthday with the offset of its day', async () => {
    const { Clients } = await returned({ extra: { id: '700020' } });
    const client: Record<string, Encoded> = Clients.item[0];
    expect(Object.keys(client).filter((name) => !name.startsWith('@'))).toEqual(CLIENT_MEMBERS);
    expect(client['Name']?.['#text']).toBe('Änne Groß & Klein');
    expect(client['BirthDate']?.['#text']).toBe('1994-07-03T00:00:00.000+02:00');
    expect(client['Email']).toEqual({ '@_xsi:type': 'xsd:string' });
  });

  it('gives an empty array for what it does not know', async () => {
    const { text } = await post({ extra: { id: '1' } });
    expect(text).toContain('<Clients xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="NS3:TClient[0]"/>');
    expect(text).toContain('<ReturnCode xsi:type="xsd:int">0</ReturnCode>');
  });

  it('answers in XML 1.0 with the prefixes NS1 to NS3', async () => {
    const { text, contentType } = await post({ extra: { id: '1' } });
    expect(contentType).toBe('text/xml; charset="utf-8"');
    expect(text.startsWith('<?xml version="1.0"?>')).toBe(true);
    expect(text).toContain(`xmlns:NS1="${SERVICE}"`);
    expect(text).toContain('xmlns:NS2="urn:TPAPIPosIntfU" xmlns:NS3="urn:TPAPIPosTypesU"');
    expect(text).toContain('<return xsi:type="NS2:TGetClientsResponse">');
  });

  it('lists the clients of the first households without a filter', async () => {
    const all = await returned({ operation: 'GetClients' });
    expect(all.Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[3]');
    const since = (time: string) => returned({ more: `<ModifiedSince>${time}</ModifiedSince>` });
    expect((await since('2020-01-01T00:00:00+01:00')).Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[3]');
    expect((await since('2026-11-24T00:00:00+01:00')).Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[0]');
  });

  it('ignores ModifiedSince when asked for an id', async () => {
    const more = '<ModifiedSince>2026-11-24T00:00:00+01:00</ModifiedSince>';
    const { Clients } = await returned({ more, extra: { id: '700015' } });
    expect(Clients.item).toHaveLength(2);
  });

  it('has no inactive clients', async () => {
    const { Clients } = await returned({ extra: { id: '700015', is_active: '0' } });
    expect(Clients.item).toBeUndefined();
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, '2'],
    ['an id that is no number', { extra: { id: 'abc' } }, '3'],
    ['an unknown activity', { extra: { is_active: 'yes' } }, '3'],
    ['a time that is none', { more: '<ModifiedSince>gestern</ModifiedSince>' }, '3'],
  ])('answers %s with a return code, not a fault', async (_, call, code) => {
    const { ReturnCode, Clients } = await returned(call);
    expect(value(ReturnCode)).toBe(code);
    expect(Clients['@_SOAP-ENC:arrayType']).toBe('NS3:TClient[0]');
  });

  it.each<[string, Call, string | undefined]>([
    ['no XML', {}, 'id=1'],
    ['a DOCTYPE', {}, '<!DOCTYPE x><x/>'],
    ['SOAP 1.2', {}, '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>'],
    ['an empty body', {}, '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>'],
    ['an action that names another method', { action: `${SERVICE}#GetClients` }, undefined],
    ['an unknown method', { operation: 'DropClients' }, undefined],
  ])('answers %s with a fault under 200', async (_, call, body) => {
    const { status, text } = await post(call, body);
    expect(status).toBe(200);
    expect(parser.parse(text)['SOAP-ENV:Envelope']['SOAP-ENV:Body']['SOAP-ENV:Fault'].faultcode).toBe(
      'SOAP-ENV:Server',
    );
  });

  it('lets a fault of one household hit its id and its cards only', async () => {
    const faulty = imagineWorld({
      ...world,
      faults: { find: (system, household) => (household === 3 ? { kind: '500', system, household } : undefined) },
    });
    expect((await post({ world: faulty, extra: { id: '700015' } })).status).toBe(500);
    expect((await post({ world: faulty, extra: { smartcard_uid: '04BEEF00112280' } })).status).toBe(500);
    expect((await post({ world: faulty, extra: { id: '700020' } })).status).toBe(200);
  });

  it('prints doubles that mean the same cents', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 100_000_000 }), (cents) => {
        expect(Math.round(Number(allDigits(cents / 100)) * 100)).toBe(cents);
        expect(allDigits(cents / 100)).toMatch(/^-?\d+(\.\d*[1-9])?$/);
      }),
    );
  });
});
