import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#lib/kernel';
import type { HttpRequest, Upstream } from '#lib/upstream';
import { HousingSettings } from '../housing.settings.js';
import { TenancyBackend } from './tenancy.backend.js';

const CALL = { signal: new AbortController().signal };
const KEY_DATE = '2026-11-22' as CalendarDate;
const SOAP = 'application/soap+xml; charset=utf-8';
const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');
const ANSWER = fixture('get-leases.answer.xml');

const SETTINGS = Object.assign(new HousingSettings(), {
  erpUrl: 'http://erp.example/',
  erpUser: 'portal',
  erpPassword: 'gärtner',
});

/** A backend whose system gives one answer, and the requests that it was sent, as text. */
function backendThatHears(body: string, status = 200, contentType: string | undefined = SOAP) {
  const requests: string[] = [];
  const send = (request: HttpRequest) => {
    requests.push(asText(request));
    return Promise.resolve({ status, headers: { 'content-type': contentType }, body: Buffer.from(body) });
  };
  return { backend: new TenancyBackend({ connect: () => ({ send }) } as unknown as Upstream, SETTINGS), requests };
}

function asText({ method, path, headers, body }: HttpRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} http://erp.example${path}`, ...lines].join('\n')}\n\n${String(body)}\n`;
}

function leases(body: string, status?: number, contentType?: string) {
  return backendThatHears(body, status, contentType).backend.listLeases('0000208822', KEY_DATE, CALL);
}

const failing = (code: string, details: object): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining(details) });

describe('GetLeases', () => {
  it('sends the golden request', async () => {
    const { backend, requests } = backendThatHears(ANSWER);
    await backend.listLeases('0000208822', KEY_DATE, CALL);
    expect(requests).toEqual([fixture('get-leases.request.txt')]);
  });

  it('cannot be made to send other elements by a tenant number', async () => {
    const { backend, requests } = backendThatHears(ANSWER);
    await backend.listLeases('1</t:MieterNr><t:Stichtag>', KEY_DATE, CALL);
    expect(requests[0]).toContain('<t:MieterNr>1&lt;/t:MieterNr&gt;&lt;t:Stichtag&gt;</t:MieterNr>');
  });

  it('reads leases; one whose rents do not add up costs itself only', async () => {
    const { value, omissions } = await leases(ANSWER);
    expect(value).toEqual([
      {
        number: '5120 / 4 / 11 / 02',
        address: 'Großschwabhäuser Straße 8, 07747 Jena',
        flat: { number: '5120 / 4 / 11', district: 'Lobeda-West', floor: '5. Etage', rooms: '3.0', area: '70.40' },
        from: '2016-10-01',
        until: null,
        netRent: { amount: '402.50', currency: 'EUR' },
        serviceCharges: { amount: '168.00', currency: 'EUR' },
        heatingCharges: { amount: '101.25', currency: 'EUR' },
        grossRent: { amount: '570.50', currency: 'EUR' },
      },
      expect.objectContaining({
        number: '6034 / 2 / 7 / 01',
        from: '2009-02-15',
        until: '2016-09-30',
        heatingCharges: null,
        flat: expect.objectContaining({ district: null, floor: null, rooms: '1.5' }),
        grossRent: { amount: '299.00', currency: 'EUR' },
      }),
    ]);
    const path = 'GetLeasesResponse.GetLeasesResult.Vertraege[2].Bruttomiete';
    expect(omissions).toEqual([{ path, reason: 'is not net rent plus service charges' }]);
  });

  it('reads the year 9999 as an open end', async () => {
    const { value } = await leases(ANSWER.replace('<Ende i:nil="true"/>', '<Ende>9999-12-31T00:00:00</Ende>'));
    expect(value[0]?.until).toBeNull();
  });

  it.each([
    ['a missing end', '<Ende i:nil="true"/>', '', 'Ende', 'is missing'],
    ['a day that does not exist', '2016-10-01T', '2016-02-30T', 'Beginn', 'is not midnight of an existing day'],
    ['a time of day', '2016-10-01T00', '2016-10-01T12', 'Beginn', 'is not midnight of an existing day'],
    ['a decimal comma', '>402.50<', '>402,50<', 'Kaltmiete', 'is not a decimal of zero or more'],
    ['a negative amount', '>402.50<', '>-402.50<', 'Kaltmiete', 'is not a decimal of zero or more'],
    [
      'more heating than charges',
      '>101.25<',
      '>168.01<',
      'Heizkosten',
      'is more than the service charges that contain it',
    ],
    ['a missing street', '<Strasse>Großschwabhäuser Straße</Strasse>', '<Strasse/>', 'Strasse', 'is empty'],
    ['a number beyond ASCII', '5120 / 4 / 11 / 02', '5120 – 4', 'VertragNr', 'is not a number of this system'],
  ])('leaves a lease with %s out', async (_case, written, changed, field, reason) => {
    const { value, omissions } = await leases(ANSWER.replace(written, changed));
    expect(value.map(({ number }) => number)).toEqual(['6034 / 2 / 7 / 01']);
    expect(omissions[0]).toEqual({ path: `GetLeasesResponse.GetLeasesResult.Vertraege[0].${field}`, reason });
  });

  it.each(['<Vertraege/>', '<Vertraege i:nil="true"/>'])('reads %s as no leases', async (list) => {
    expect(await leases(ANSWER.replace(/<Vertraege>[^]*<\/Vertraege>/, list))).toEqual({ value: [], omissions: [] });
  });

  it('says that a tenant is unknown there, and does not take it for no leases', async () => {
    await expect(leases(fixture('get-leases.refused.xml'))).rejects.toEqual(
      failing('UPSTREAM_REJECTED', { upstreamCode: 'Success=false', reason: 'the tenant number is not known there' }),
    );
  });

  it('keeps sentences that it does not know out of the error', async () => {
    const refused = leases(
      fixture('get-leases.refused.xml').replace('Mieter nicht gefunden', 'Herr Beispiel ist gesperrt'),
    );
    await expect(refused).rejects.toEqual(
      failing('UPSTREAM_REJECTED', { reason: expect.not.stringContaining('Beispiel') }),
    );
    await expect(refused).rejects.not.toThrow(/Beispiel/);
  });

  it.each([200, 500])('reads a fault of the receiver with status %i as unavailable', async (status) => {
    await expect(leases(fixture('get-leases.fault.xml'), status)).rejects.toEqual(
      failing('UPSTREAM_UNAVAILABLE', { upstreamCode: 'Receiver/EndpointUnavailable' }),
    );
  });

  it.each([200, 400, 500])('reads a fault of the sender with status %i as rejected', async (status) => {
    const fault = fixture('get-leases.fault.xml').replace('Receiver', 'Sender');
    await expect(leases(fault, status)).rejects.toEqual(
      failing('UPSTREAM_REJECTED', { upstreamCode: 'Sender/EndpointUnavailable' }),
    );
  });

  it.each([
    [500, 'UPSTREAM_UNAVAILABLE'],
    [503, 'UPSTREAM_UNAVAILABLE'],
    [429, 'UPSTREAM_UNAVAILABLE'],
    [401, 'UPSTREAM_REJECTED'],
    [404, 'UPSTREAM_REJECTED'],
    [302, 'UPSTREAM_REJECTED'],
  ])('reads a web page with status %i as %s', async (status, code) => {
    await expect(leases('<html><br></html>', status, 'text/html')).rejects.toEqual(
      failing(code, { upstreamCode: `HTTP ${status}` }),
    );
  });

  it('reads a 500 that claims to be SOAP and is not as unavailable', async () => {
    await expect(leases('<html><br></html>', 500)).rejects.toEqual(
      failing('UPSTREAM_UNAVAILABLE', { upstreamCode: 'HTTP 500' }),
    );
  });

  it.each([
    ['a web page with status 200', '<html></html>', 'text/html', '$'],
    ['no content type', ANSWER, '', '$'],
    ['broken XML', ANSWER.slice(0, 900), SOAP, '$'],
    ['another operation', ANSWER.replaceAll('GetLeasesRes', 'GetTenantRes'), SOAP, 'Envelope.Body'],
    [
      'another namespace',
      ANSWER.replace('xmlns="http://erp.jenawohnen.example/tenancy/2014/05"', 'xmlns="urn:x"'),
      SOAP,
      'Envelope.Body',
    ],
    ['an entity bomb', `<!DOCTYPE s [<!ENTITY a "b">]>${ANSWER}`, SOAP, '$'],
    [
      'no list',
      ANSWER.replace(/<Vertraege>[^]*<\/Vertraege>/, ''),
      SOAP,
      'GetLeasesResponse.GetLeasesResult.Vertraege',
    ],
    ['no success', ANSWER.replace('<Success>true</Success>', ''), SOAP, 'GetLeasesResponse.GetLeasesResult.Success'],
  ])('refuses %s as malformed', async (_case, body, type, path) => {
    await expect(leases(body, 200, type)).rejects.toEqual(failing('UPSTREAM_MALFORMED', { path }));
  });
});
