import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batchParts } from './batch.js';
import { basic, type Bench, energyOf, NODE, startBench } from './umc-test-client.js';

const TYPE = 'multipart/mixed; boundary=batch_1';
const get = (target: string, accept = 'application/json'): string =>
  [
    '--batch_1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `GET ${target} HTTP/1.1`,
    `Accept: ${accept}`,
    '',
    '',
  ].join('\r\n');
const changeset = [
  '--batch_1',
  'Content-Type: multipart/mixed; boundary=batch_1_set',
  '',
  '--batch_1_set',
  'Content-Type: application/http',
  '',
  "PUT Accounts('1') HTTP/1.1",
  '',
  '{}',
  '--batch_1_set--',
  '',
].join('\r\n');

describe('the body of a batch', () => {
  it('falls into its parts, whatever the line ends', () => {
    const body = `preamble\r\n${get("Accounts('1')?$format=json")}${changeset}${get('/sap/x', '')}--batch_1--\r\n`;
    const parts = [
      { kind: 'get', target: "Accounts('1')?$format=json", accept: 'application/json' },
      {
        kind: 'changeset',
        writes: [
          {
            method: 'PUT',
            target: "Accounts('1')",
            accept: '',
            contentType: '',
            contentId: '',
            body: expect.anything(),
          },
        ],
      },
      { kind: 'get', target: '/sap/x', accept: '' },
    ];
    expect(batchParts(TYPE, Buffer.from(body))).toEqual(parts);
    expect(batchParts('multipart/mixed;boundary="batch_1"', Buffer.from(body.replaceAll('\r\n', '\n')))).toEqual(parts);
  });

  it.each([
    ['no boundary', 'multipart/mixed', `${get('A')}--batch_1--`],
    ['another content type', 'application/json; boundary=batch_1', `${get('A')}--batch_1--`],
    ['no end', TYPE, get('A')],
    ['a write outside of a changeset', TYPE, `${get('A').replace('GET', 'POST')}--batch_1--`],
    ['a read inside of a changeset', TYPE, `${changeset.replace('PUT', 'GET')}--batch_1--`],
    ['a changeset without end', TYPE, `${changeset.replace('--batch_1_set--', '')}--batch_1--`],
    ['a part that is no request', TYPE, `${get('A').replace('GET A HTTP/1.1', 'hello')}--batch_1--`],
    ['too many parts', TYPE, `${get('A').repeat(101)}--batch_1--`],
  ])('is refused with %s', (_name, type, body) => {
    expect(() => batchParts(type, Buffer.from(body))).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('a batch on the wire', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.close());

  async function post(body: string): Promise<{ status: number; type: string; parts: string[] }> {
    const root = `${NODE}ERP_UTILITIES_UMC/`;
    const opened = await bench.ask('GET', root, { ...basic(bench.system), 'x-csrf-token': 'Fetch' });
    const headers = {
      cookie: opened.headers
        .getSetCookie()
        .map((one) => one.split(';')[0])
        .join('; '),
      'x-csrf-token': opened.headers.get('x-csrf-token') ?? '',
      'content-type': TYPE,
    };
    const reply = await bench.ask('POST', `${root}$batch`, headers, body);
    const type = reply.headers.get('content-type') ?? '';
    return { status: reply.status, type, parts: reply.text.split(`--${type.split('boundary=')[1]}`).slice(1, -1) };
  }

  it('answers each read in its place, refusals included', async () => {
    const { energy } = energyOf(bench.city, 'aylin');
    const contractAccount = `ContractAccounts('${energy.contractAccountId}')`;
    const { status, type, parts } = await post(
      [
        get(`${contractAccount}?$expand=ContractAccountBalance`),
        get("Accounts('unknown')"),
        changeset,
        get(`${NODE}ERP_UTILITIES_UMC/${contractAccount}/Contracts`),
        '--batch_1--\r\n',
      ].join(''),
    );
    expect(status).toBe(202);
    expect(type).toMatch(/^multipart\/mixed; boundary=[0-9A-F]{32}0$/);
    const lines = parts.map((part) => part.split('\r\n'));
    expect(lines.map((part) => part.find((line) => line.startsWith('HTTP/1.1')))).toEqual([
      'HTTP/1.1 200 OK',
      'HTTP/1.1 404 Not Found',
      'HTTP/1.1 501 Not Implemented',
      'HTTP/1.1 200 OK',
    ]);
    const bodies = lines.map((part) => JSON.parse(part.find((line) => line.startsWith('{')) ?? '{}') as { d?: object });
    expect(bodies[0]?.d).toMatchObject({ ContractAccountBalance: { ContractAccountID: energy.contractAccountId } });
    expect(bodies[3]?.d).toMatchObject({
      results: energy.contracts.map(({ contractId }) => ({ ContractID: contractId })),
    });
  });

  it('declares the true length of each part', async () => {
    const { parts } = await post(`${get('Divisions')}--batch_1--\r\n`);
    const [, head = '', inner = ''] = /^\r\n([\s\S]*?)\r\n\r\n([\s\S]*)\r\n$/.exec(parts[0] ?? '') ?? [];
    expect(head).toContain(`Content-Length: ${Buffer.byteLength(inner)}`);
    const [, body = ''] = /\r\n\r\n([\s\S]*)$/.exec(inner) ?? [];
    expect(inner).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  });

  it('of reads needs the token all the same', async () => {
    const root = `${NODE}ERP_UTILITIES_UMC/`;
    const { cookie } = await bench.signOn();
    const headers = { cookie, 'content-type': TYPE };
    const without = await bench.ask('POST', `${root}$batch`, headers, `${get('Divisions')}--batch_1--\r\n`);
    expect([without.status, without.text]).toEqual([403, 'CSRF token validation failed']);
    expect(without.headers.get('x-csrf-token')).toBe('Required');
    const stale = { ...headers, 'x-csrf-token': 'c3RhbGU=' };
    expect((await bench.ask('POST', `${root}$batch`, stale, `${get('Divisions')}--batch_1--\r\n`)).status).toBe(403);
  });

  it('in a session that has ended is answered with 200 and the logon form', async () => {
    const { cookie, token } = await bench.signOn();
    bench.system.reset();
    const headers = { cookie, 'x-csrf-token': token, 'content-type': TYPE };
    const body = `${get('Divisions')}--batch_1--\r\n`;
    const reply = await bench.ask('POST', `${NODE}ERP_UTILITIES_UMC/$batch`, headers, body);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(reply.text).toContain('type="password"');
  });

  it('is too long beyond a megabyte', async () => {
    const { cookie, token } = await bench.signOn();
    const headers = { cookie, 'x-csrf-token': token, 'content-type': TYPE };
    const reply = await bench.ask('POST', `${NODE}ERP_UTILITIES_UMC/$batch`, headers, 'x'.repeat(1_048_577));
    expect(reply.status).toBe(413);
  });

  it('answers JSON and XML part by part, as each one asks', async () => {
    const { parts } = await post(`${get('Divisions')}${get('Divisions', '')}${get('Nowhere', '')}--batch_1--\r\n`);
    const types = parts.map((part) => /HTTP\/1\.1 (\d+)[^]*?Content-Type: ([^;\r]+)/.exec(part)?.slice(1));
    expect(types).toEqual([
      ['200', 'application/json'],
      ['200', 'application/atom+xml'],
      ['404', 'application/xml'],
    ]);
  });

  it('is a bad request when it cannot be read', async () => {
    expect((await post('nothing')).status).toBe(400);
  });

  it('suffers the fault of any household in it', async () => {
    const [healthy, down] = [energyOf(bench.city, 'aylin'), energyOf(bench.city, 'uwe')];
    const read = ({ energy }: typeof healthy): string => get(`Accounts('${energy.accountId}')`);
    expect((await post(`${read(healthy)}--batch_1--\r\n`)).status).toBe(202);
    expect((await post(`${read(healthy)}${read(down)}--batch_1--\r\n`)).status).toBe(500);
  });
});
