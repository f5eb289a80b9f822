import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Connection, ConnectionOptions, HttpRequest, HttpResponse, Upstream } from '#lib/upstream';
import { PoolsSettings } from '../pools.settings.js';
import { PoolsBackend } from './pools.backend.js';

const CALL = { signal: new AbortController().signal };
const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));

const SETTINGS = Object.assign(new PoolsSettings(), {
  tillUrl: 'http://till.example:3063',
  tillUser: 'portal',
  tillPassword: 'k&r<7>',
  ticosUrl: 'https://ticos.example',
  ticosTenant: '4711',
});

/** A backend whose systems give one answer, and the requests that they were sent, as text. */
function backendThatHears(status: number, body: Buffer | string): { backend: PoolsBackend; requests: string[] } {
  const requests: string[] = [];
  const connect = ({ baseUrl }: ConnectionOptions): Connection => ({
    send: (request: HttpRequest): Promise<HttpResponse> => {
      requests.push(asText(baseUrl, request));
      return Promise.resolve({ status, headers: {}, body: Buffer.from(body) });
    },
  });
  return { backend: new PoolsBackend({ connect } as unknown as Upstream, SETTINGS), requests };
}

function asText(baseUrl: string, { method, path, headers, body }: HttpRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${baseUrl}${path}`, ...lines].join('\n')}\n${body === undefined ? '' : `\n${String(body)}\n`}`;
}

const failing = (code: string, upstreamCode: string): unknown =>
  expect.objectContaining({ code, details: expect.objectContaining({ upstreamCode }) });

describe('value cards of the till', () => {
  it('are asked for as the golden request says', async () => {
    const { backend, requests } = backendThatHears(200, fixture('get-clients-ex.answer.xml'));
    await backend.listCards('5000117004', CALL);
    expect(requests).toEqual([fixture('get-clients-ex.request.txt').toString('utf8')]);
  });

  it('come with masked number and balance in cents', async () => {
    const { backend } = backendThatHears(200, fixture('get-clients-ex.answer.xml'));
    expect(await backend.listCards('5000117004', CALL)).toEqual({
      value: [
        {
          key: expect.stringMatching(/^5000117004-[0-9a-f]{16}$/),
          maskedNumber: '••••6D80',
          balance: { amount: '23.70', currency: 'EUR' },
        },
      ],
      omissions: [],
    });
  });

  it('have keys of their own when they end alike, which do not tell the UID', async () => {
    const answer = fixture('get-clients-ex.answer.xml').toString('utf8');
    const other = answer.replace('04b7c91a2f6d80', '04b7c91a2e6d80');
    const keys: string[] = [];
    for (const body of [answer, other, answer]) {
      const { value } = await backendThatHears(200, body).backend.listCards('5000117004', CALL);
      keys.push(value[0]!.key);
    }
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys.join(' ')).not.toMatch(/6D80/i);
  });

  it('of another client are not shown, even if the till sends them', async () => {
    const { backend } = backendThatHears(200, fixture('get-clients-ex.answer.xml'));
    expect((await backend.listCards('5000117005', CALL)).value).toEqual([]);
  });

  it.each([
    [1, 'UPSTREAM_UNAVAILABLE'],
    [2, 'UPSTREAM_REJECTED'],
    [4, 'UPSTREAM_UNAVAILABLE'],
    [7, 'UPSTREAM_REJECTED'],
  ])('fail with return code %i as %s, and the message of the till stays out', async (returnCode, code) => {
    const answer = fixture('get-clients-ex.answer.xml')
      .toString('utf8')
      .replace('>0</ReturnCode>', `>${returnCode}</ReturnCode>`)
      .replace('>ok<', '>EAccess at 00B1 for Sandmann<');
    const failure = backendThatHears(200, answer).backend.listCards('5000117004', CALL);
    await expect(failure).rejects.toEqual(failing(code, String(returnCode)));
    await expect(failure).rejects.not.toThrow(/Sandmann/);
  });

  it('fail as unavailable with a fault of the server', async () => {
    const fault =
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>' +
      '<faultcode>e:Server</faultcode><faultstring>x</faultstring></e:Fault></e:Body></e:Envelope>';
    const { backend } = backendThatHears(200, fault);
    await expect(backend.listCards('1', CALL)).rejects.toEqual(failing('UPSTREAM_UNAVAILABLE', 'Server'));
  });

  it('are not asked for with anything but a ClientId', async () => {
    const { backend, requests } = backendThatHears(200, '');
    await expect(backend.listCards('1</Value>', CALL)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(requests).toEqual([]);
  });
});

describe('occupancy from TICOS', () => {
  it('is asked for as the golden request says', async () => {
    const { backend, requests } = backendThatHears(200, fixture('gates-counter.answer.json'));
    await backend.listOccupancy([30201, 30202], CALL);
    expect(requests).toEqual([fixture('gates-counter.request.txt').toString('utf8')]);
  });

  it('never counts fewer than nobody', async () => {
    const { backend } = backendThatHears(200, fixture('gates-counter.answer.json'));
    const { value } = await backend.listOccupancy([30201, 30202], CALL);
    expect(value.map(({ organizationUnitId, persons }) => [organizationUnitId, persons])).toEqual([
      [30201, 412],
      [30202, 0],
      [30999, 5],
    ]);
  });

  it.each([
    [500, 'UPSTREAM_UNAVAILABLE'],
    [503, 'UPSTREAM_UNAVAILABLE'],
    [429, 'UPSTREAM_UNAVAILABLE'],
    [400, 'UPSTREAM_REJECTED'],
    [302, 'UPSTREAM_REJECTED'],
  ])('fails with HTTP %i as %s', async (status, code) => {
    const { backend } = backendThatHears(status, '{"error":{"message":"x"}}');
    await expect(backend.listOccupancy([1], CALL)).rejects.toEqual(failing(code, `HTTP ${status}`));
  });

  it('is malformed when the answer is a web page', async () => {
    const { backend } = backendThatHears(200, '<html>Request Rejected</html>');
    await expect(backend.listOccupancy([1], CALL)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
  });
});
