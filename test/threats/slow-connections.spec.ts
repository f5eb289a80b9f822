import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openHouse, type House } from '../harness.js';
import { sendRaw } from './raw-request.js';

/** A shorter time than the house gives, so that the test does not take as long. */
const SHORT_MS = 300;
const LONGEST_MS = 10_000;

describe('threat 33: a slow connection', () => {
  let house: House;
  let server: Server;
  let configured: { request: number; headers: number };

  beforeAll(async () => {
    const arrange = (gateway: NestFastifyApplication): void => {
      server = gateway.getHttpServer() as Server;
      configured = { request: server.requestTimeout, headers: server.headersTimeout };
      server.requestTimeout = SHORT_MS;
      server.headersTimeout = SHORT_MS;
    };
    house = await openHouse({ arrange });
  }, 60_000);
  afterAll(() => house.close());

  /** Sends this and nothing more. */
  const stall = (text: string): Promise<string> => sendRaw(house.url, text);

  it('is looked for so often that it ends within 10 s', () => {
    // Node tells how often it looks under a symbol only.
    const symbol = Object.getOwnPropertySymbols(server).find(
      ({ description }) => description === 'http.server.connectionsCheckingInterval',
    );
    const every = Number(Reflect.get(Reflect.get(server, symbol!) as object, '_repeat'));
    const { request, headers } = configured;
    expect([request > 0, headers > 0]).toEqual([true, true]);
    expect(Math.max(request, headers) + every).toBeLessThanOrEqual(LONGEST_MS);
  });

  it.each<[string, string]>([
    ['that sends nothing', ''],
    ['that stops in the first line', 'POST /gra'],
    ['that stops in its headers', 'POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: b'],
    [
      'that stops in its body',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query":',
    ],
    [
      'that stops in a chunk',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"q',
    ],
    [
      'that stops in a form',
      'POST /partner/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=',
    ],
  ])('%s is closed', async (_what, text) => {
    expect(await stall(text)).toMatch(/^(?:HTTP\/1\.1 408 Request Timeout\r\n[^]*)?$/);
  });

  it('does not keep others from being answered', async () => {
    const slow = Array.from({ length: 50 }, () => stall('POST /graphql HTTP/1.1\r\nHost: x\r\nX-A: b'));
    expect((await house.graphql({ query: '{ viewer { kind } }' })).status).toBe(200);
    await Promise.all(slow);
  });
});
