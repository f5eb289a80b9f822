import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TrustedDocuments } from '#lib/graph';
import { openHouse, type House } from '../harness.js';
import { sendRaw } from './raw-request.js';

const INJECTED = 'x-injected';
const KNOWN = 'query Who { viewer { kind } }';
const HEADERS = ['accept-language', 'graphql-client-name', 'apollographql-client-version', 'traceparent', 'prefer']
  .concat([
    'idempotency-key',
    'x-forwarded-host',
    'host',
    'origin',
    'cookie',
    'authorization',
    'accept',
    'content-type',
  ])
  .concat(['x-request-id', 'if-none-match', 'content-encoding']);

describe('threat 31: a line break in a header', () => {
  let house: House;
  let documents: TrustedDocuments;

  beforeAll(async () => {
    const arrange = (gateway: NestFastifyApplication): void => {
      documents = gateway.get(TrustedDocuments, { strict: false });
    };
    house = await openHouse({ arrange, environment: { TRUSTED_PROXIES: '127.0.0.1' } });
    const id = createHash('sha256').update(KNOWN).digest('hex');
    await documents.add([{ id, body: KNOWN }], { client: 'portal', version: '1' });
  }, 60_000);
  afterAll(() => house.close());

  /** Names of the headers that came back, of all answers on the connection. */
  const headerNames = (answer: string): string[] =>
    answer.split('\r\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1]?.toLowerCase() ?? []);
  const headers = (name: string, value: string): string =>
    [name === 'host' ? '' : 'Host: 127.0.0.1', `${name}: ${value}`, 'Connection: close'].filter(Boolean).join('\r\n');

  it.each(HEADERS)('as such in %s is refused before anything runs', async (name) => {
    for (const value of [`a\r${INJECTED}: 1`, `a\n${INJECTED}: 1`, `a\r\n ${INJECTED}: 1`, `a\0b`, 'a\x1b[31mb']) {
      const answer = await sendRaw(house.url, `GET /health HTTP/1.1\r\n${headers(name, value)}\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(headerNames(answer)).not.toContain(INJECTED);
      expect(answer).not.toContain('\x1b');
    }
  });

  it.each(HEADERS)('written as %%0d%%0a or in other letters in %s stays a text', async (name) => {
    for (const value of [`%0d%0a${INJECTED}:%201`, `\\r\\n${INJECTED}: 1`, `åä${INJECTED}: 1`, 'x'.repeat(8_000)]) {
      for (const path of [
        '/health',
        '/nowhere',
        '/auth/login',
        '/partner/v1/housing/listings',
        '/partner/oauth/auth',
      ]) {
        const answer = await sendRaw(house.url, `GET ${path} HTTP/1.1\r\n${headers(name, value)}\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 (?:200|303|4\d\d)/);
        expect(headerNames(answer)).not.toContain(INJECTED);
        const [head = ''] = answer.split('\r\n\r\n');
        expect(head).not.toContain(INJECTED);
      }
    }
  });

  it.each([
    `/auth/login?returnTo=/%0d%0a${INJECTED}:1`,
    `/auth/login?returnTo=/x%0a${INJECTED}:1`,
    `/auth/login?returnTo=/%E5%98%8A%E5%98%8D${INJECTED}:1`,
    `/auth/callback?state=%0d%0a${INJECTED}:1&code=%0d%0a${INJECTED}:1&iss=%0d%0a`,
    `/auth/step-up?returnTo=%0d%0a${INJECTED}:1`,
    `/partner/oauth/auth?client_id=stadtbus-app&response_type=code&state=%0d%0a${INJECTED}:1&redirect_uri=http%3A%2F%2F127.0.0.1%3A4500%2Fcallback`,
    `/partner/oauth/auth?client_id=%0d%0a${INJECTED}:1&redirect_uri=%0d%0a${INJECTED}:1`,
    `/partner/oauth/interaction/%0d%0a${INJECTED}:1`,
    `/partner/v1/transit/stops/%0d%0a${INJECTED}:1/departures`,
    `/graphql?query=%0d%0a${INJECTED}:1`,
    `/%0d%0a${INJECTED}:1`,
  ])('in the address makes no header of the answer: %s', async (path) => {
    const answer = await sendRaw(house.url, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:200|303|4\d\d) /);
    expect(headerNames(answer)).not.toContain(INJECTED);
  });

  it('neither smuggles a second request past the first', async () => {
    const second = 'GET /auth/session HTTP/1.1\r\nHost: x\r\n\r\n';
    const type = 'Content-Type: application/json';
    for (const lengths of [
      `Content-Length: 3\r\nTransfer-Encoding: chunked`,
      'Content-Length: 3\r\nContent-Length: 60',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding : chunked',
      'Content-Length: +3',
    ]) {
      const answer = await sendRaw(
        house.url,
        `POST /graphql HTTP/1.1\r\nHost: x\r\n${type}\r\n${lengths}\r\nConnection: close\r\n\r\n0\r\n\r\n${second}`,
      );
      expect([lengths, answer.split('HTTP/1.1 ').length - 1]).toEqual([lengths, 1]);
      expect(answer).toMatch(/^HTTP\/1\.1 400/);
      expect(answer).not.toContain('signedIn');
    }
  });

  it('does not get into what is counted of clients', async () => {
    for (const name of [`portal%0d%0a${INJECTED}`, 'por\u00e5tal', 'x'.repeat(5_000), '<script>', '"; drop table x']) {
      const body = JSON.stringify({ documentId: createHash('sha256').update(KNOWN).digest('hex') });
      const given = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\ngraphql-client-name: ${name}`;
      const answer = await sendRaw(
        house.url,
        `POST /graphql HTTP/1.1\r\nHost: x\r\n${given}\r\nConnection: close\r\n\r\n${body}`,
      );
      expect(answer).toContain('ANONYMOUS');
    }
    await documents.flush();
    const clients = (await documents.listUses()).map(({ client }) => client);
    expect(clients.filter((client) => !/^[\w .@/+-]{1,60}$/.test(client))).toEqual([]);
  });
});
