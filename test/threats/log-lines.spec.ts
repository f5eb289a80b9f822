import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { systemClock } from '#lib/kernel';
import { openHouse, type House } from '../harness.js';
import { sendRaw } from './raw-request.js';
import { canariesIn } from './shown.js';
import { Written } from './written.js';

const WORD = 'Kanarienvogel';
/** What a log must not repeat: somebody's data, a line of its own, and commands to a terminal. */
const CANARY = `${WORD} karla.k@example.test DE89370400440532013000\n[Nest] 1 - LOG forged\r\n\u001b[31m\u0007\u009b2J`;
const WHOLE = `{ me { name energy { contracts { number product } invoices { nodes { number } } } housing { leases { number address } }
  transit { fareSubscriptions { number } tickets { id } } pools { cards { number } } } }`;
/** How every line of the log begins. */
const OWN_LINE = /^\[Nest\] \d+ {2}- /;

describe('threat 32: the log', () => {
  let written: Written;
  let house: House;
  let hostile: Server;
  let secrets: string[];

  beforeAll(async () => {
    written = new Written();
    house = await openHouse({ clock: systemClock });
    const { data } = await house.graphql({ query: WHOLE }, { persona: 'aylin' });
    secrets = [...canariesIn(data), 'Aylin', await house.token('aylin')];
    hostile = createServer((request, response) => {
      request.resume();
      const headers = { 'content-type': 'text/xml', 'x-message': encodeURIComponent(CANARY) };
      response.writeHead(request.url!.length % 2 === 0 ? 500 : 200, headers).end(`<a>${CANARY}</a>{"a": "${CANARY}"`);
    });
    await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
  }, 60_000);
  afterAll(async () => {
    written?.end();
    await house?.close();
    hostile?.closeAllConnections();
    await new Promise<void>((resolve) => hostile.close(() => resolve()));
  });

  const expectClean = (): void => {
    const told = written.raw;
    expect([WORD, 'karla.k', 'DE8937', 'forged', ...secrets].filter((secret) => told.includes(secret))).toEqual([]);
    expect(written.lines.filter((line) => !OWN_LINE.test(line))).toEqual([]);
    // Colours, which the logger itself writes, are all there is of commands to a terminal.
    const escapes = told.split('\u001b').slice(1);
    expect(escapes.filter((rest) => !/^\[[\d;]*m/.test(rest))).toEqual([]);
    expect([...told].filter((letter) => /\p{Cc}/u.test(letter) && !'\n\u001b'.includes(letter))).toEqual([]);
  };

  it('is heard by this test', () => {
    new Logger('threats').warn('a line');
    expect(written.lines.at(-1)).toContain('a line');
    expect(secrets.length).toBeGreaterThan(8);
    expectClean();
  });

  it('repeats nothing of a request that is refused', async () => {
    const bodies: unknown[] = [
      { query: CANARY },
      { query: `{ ${WORD} }` },
      { query: `{ stops(text: ${JSON.stringify(CANARY)}, first: 0) { name } }` },
      { query: 'query ($s: ListingSort) { listings(sort: $s) { totalCount } }', variables: { s: CANARY } },
      { query: 'query ($i: ID!) { stop(id: $i) { name } process(id: $i) { id } }', variables: { i: CANARY } },
      { query: 'query A { viewer { kind } }', operationName: CANARY },
      { documentId: CANARY },
      CANARY,
    ];
    const mutation = `mutation ($t: String!) { linkSubsidiary(subsidiary: POOLS, number: $t, fact: $t) { __typename } }`;
    for (const persona of ['aylin', undefined]) {
      for (const body of bodies) await house.graphql(body as object, { persona });
      await house.graphql({ query: mutation, variables: { t: CANARY } }, { persona });
    }
    const encoded = encodeURIComponent(CANARY);
    for (const path of [
      `/${encoded}`,
      `/%${encoded}`,
      `/partner/v1/transit/stops/${encoded}/departures`,
      `/partner/v1/housing/listings?text=${encoded}&${encoded}=1`,
      `/auth/login?returnTo=${encoded}`,
      `/auth/callback?code=${encoded}&state=${encoded}`,
      `/partner/oauth/auth?client_id=${encoded}&scope=${encoded}&redirect_uri=${encoded}`,
      `/partner/oauth/interaction/${encoded}`,
    ]) {
      for (const method of ['GET', 'POST']) {
        const headers = {
          'accept-language': encoded,
          'user-agent': encoded,
          traceparent: encoded,
          cookie: `a=${encoded}`,
        };
        await (await fetch(house.url + path, { method, redirect: 'manual', headers })).text();
      }
    }
    for (const text of [`${CANARY}\r\n\r\n`, `GET /health HTTP/1.1\r\nHost: x\r\nX-A: ${CANARY}\r\n\r\n`]) {
      await sendRaw(house.url, text);
    }
    for (const authorization of [`Bearer ${encoded}`, `Basic ${Buffer.from(`${WORD}:${WORD}`).toString('base64')}`]) {
      await house.graphql({ query: WHOLE }, { headers: { authorization } });
      const body = new URLSearchParams({ grant_type: WORD, code: CANARY, client_id: CANARY });
      await fetch(`${house.url}/partner/oauth/token`, { method: 'POST', headers: { authorization }, body });
    }
    expectClean();
  }, 30_000);

  it.each(['reset', '500', 'garbage', 'hang'])('repeats nothing of a customer whose systems fail: %s', async (kind) => {
    await house.control('POST', '/faults', { kind, household: 'aylin' });
    const { errors } = await house.graphql(
      { query: `{ me { pools { cards { id balance { amount } } aboCard { entitled } } } }` },
      { persona: 'aylin' },
    );
    await house.graphql({ query: WHOLE }, { persona: 'aylin', headers: { prefer: 'wait=1' } });
    await house.control('DELETE', '/faults');
    expect(errors.every(({ extensions }) => extensions['code'] !== 'INTERNAL')).toBe(true);
    expectClean();
  });

  it('repeats nothing that legacy systems say, to whoever asks and to those who fetch in the background', async () => {
    const url = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    const systems = Object.entries(house.sandbox.environment).filter(
      ([name, value]) => name !== 'SANDBOX_URL' && name.endsWith('_URL') && value.startsWith('http'),
    );
    const before = written.lines.length;
    const other = await openHouse({ environment: Object.fromEntries(systems.map(([name]) => [name, url])) });
    const answer = await other.graphql(
      { query: `${WHOLE.slice(0, -1)} stops(text: "a") { name } pools { today { openNow } } }` },
      { persona: 'aylin' },
    );
    await other.close();
    expect(answer.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer.errors)).not.toContain(WORD);
    expect(written.lines.length).toBeGreaterThan(before);
    expectClean();
  }, 60_000);

  it('and the measurements know nobody', async () => {
    const metrics = await (await house.get('/metrics')).text();
    expect(metrics).toContain('# TYPE');
    expect([WORD, ...secrets].filter((secret) => metrics.includes(secret))).toEqual([]);
  });
});
