import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { serveMetrics } from './metrics.routes.js';
import { processMetrics } from './process-metrics.js';
import { writeMetrics } from './prometheus.js';

describe('the metrics of processes', () => {
  it('count by kind, subsidiary and state, with the age of the oldest', async () => {
    const count = { kind: 'pools.top-up-card', subsidiary: 'POOLS', state: 'UNCERTAIN', count: 2, oldestSeconds: 61 };
    const text = await processMetrics({
      counts: () => Promise.resolve([count as never]),
      pauses: () =>
        Promise.resolve([{ subsidiary: 'ENERGY', reason: 'works', since: '2026-11-22T17:00:00Z' as never }]),
    });
    const labels = '{kind="pools.top-up-card",subsidiary="POOLS",state="UNCERTAIN"}';
    expect(text).toContain(`\nsaaltor_processes_open${labels} 2\n`);
    expect(text).toContain(`\nsaaltor_processes_oldest_seconds${labels} 61\n`);
    expect(text).toContain('\nsaaltor_processes_paused{subsidiary="ENERGY"} 1\n');
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[\d.]+)$/,
      );
    }
  });

  it('keep quotes, backslashes and line ends inside a value', () => {
    const samples = [{ labels: { kind: 'a"b\\c\nd' }, value: 1 }];
    expect(writeMetrics([{ name: 'm', help: 'one\ntwo', type: 'gauge', samples }])).toBe(
      '# HELP m one\\ntwo\n# TYPE m gauge\nm{kind="a\\"b\\\\c\\nd"} 1\n',
    );
  });
});

describe('/metrics', () => {
  const server = { current: fastify() };
  afterEach(() => server.current.close());

  const get = async (
    headers: Record<string, string>,
    { token, remoteAddress = '127.0.0.1' }: { token?: string; remoteAddress?: string } = {},
    measure = () => Promise.resolve('m 1\n'),
  ): Promise<{ status: number; body: string }> => {
    server.current = fastify();
    serveMetrics(server.current, measure, token);
    const { statusCode: status, body } = await server.current.inject({ url: '/metrics', headers, remoteAddress });
    return { status, body };
  };
  const here = { host: '127.0.0.1:4000' };

  it('answers programs on this machine', async () => {
    expect(await get(here)).toEqual({ status: 200, body: 'm 1\n' });
    expect((await get({ host: 'localhost' }, { remoteAddress: '::1' })).status).toBe(200);
  });

  it.each([
    ['from another machine', here, '192.0.2.7'],
    ['through a proxy', { ...here, 'x-forwarded-for': '192.0.2.7' }, '127.0.0.1'],
    ['through a proxy that says Forwarded', { ...here, forwarded: 'for=192.0.2.7' }, '127.0.0.1'],
    ['to a name that somebody made point here', { host: 'evil.example:4000' }, '127.0.0.1'],
  ])('is not there for a request %s', async (_, headers, remoteAddress) => {
    expect(await get(headers, { remoteAddress })).toEqual({ status: 404, body: '' });
  });

  it('answers from anywhere to whoever has the token, and to nobody else then', async () => {
    const token = 'a-token-of-sixteen';
    const elsewhere = { token, remoteAddress: '192.0.2.7' };
    expect((await get({ authorization: `Bearer ${token}` }, elsewhere)).status).toBe(200);
    for (const authorization of ['', 'Bearer', `Bearer ${token}x`, token]) {
      expect(await get({ ...here, authorization }, { token })).toEqual({ status: 401, body: '' });
    }
  });

  it('says nothing of why there is nothing to measure', async () => {
    expect(await get(here, {}, () => Promise.reject(new Error('secret')))).toEqual({ status: 503, body: '' });
  });
});
