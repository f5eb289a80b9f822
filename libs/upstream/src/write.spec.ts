import { createServer, type Server } from 'node:http';
import { createServer as createSocketServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { openScope, settle, TestClock } from '#lib/testing';
import { Upstream } from './upstream.js';

const POND = { subsidiary: 'POND', system: 'ledger', account: '0001' };

/** A call that ends when the test says so. */
function heldCall(): { call: () => Promise<string>; calls: () => number; answer: (value: string) => void } {
  let calls = 0;
  let answer: (value: string) => void = () => undefined;
  const call = (): Promise<string> => {
    calls += 1;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  return { call, calls: () => calls, answer: (value) => answer(value) };
}

describe('a write', () => {
  let clock: TestClock;
  let upstream: Upstream;
  const servers: Server[] = [];
  const target = (account = '0001', signal = new AbortController().signal) => ({ ...POND, account, signal });

  beforeEach(() => {
    clock = new TestClock();
    upstream = new Upstream(clock, { concurrent: 1, waiting: 1, cacheBytes: 1_000_000 });
  });
  afterEach(() => {
    upstream.onApplicationShutdown();
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  /** A port where nobody listens any more. */
  async function closedPort(): Promise<number> {
    const server = createSocketServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  async function post(port: number, path = '/fish'): Promise<unknown> {
    const connection = upstream.connect({ name: 'ledger', baseUrl: `http://127.0.0.1:${port}` });
    return upstream.write(target(), (call) => connection.send({ method: 'POST', path, body: '{}' }, call));
  }

  it('is made once, also when the budget would allow a retry', async () => {
    const reads = Array.from({ length: 30 }, (_, index) =>
      upstream.read(
        {
          operation: { name: 'pond.fish', ...POND, ttlMs: 0, staleForMs: 0, deadlineMs: 8_000 },
          account: null,
          args: [index],
          load: () => Promise.resolve({ value: index, omissions: [] }),
        },
        openScope(clock),
      ),
    );
    await Promise.allSettled(reads);
    let calls = 0;
    const down = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', `down ${(calls += 1)}`));
    await expect(upstream.write(target(), down)).rejects.toMatchObject({ details: { system: 'ledger' } });
    await clock.advance(1_000);
    expect(calls).toBe(1);
  });

  it('says unsent while the breaker is open, and is let through again as the breaker says', async () => {
    const down = (): Promise<never> => Promise.reject(new AppError('UPSTREAM_TIMEOUT', 'no answer'));
    for (let index = 0; index < 5; index += 1) {
      const failure: AppError = await upstream.write(target(), down).catch((error: AppError) => error);
      expect(failure.details.unsent).toBeUndefined();
    }
    expect([upstream.breakerWait(POND), upstream.breakerWait({ ...POND, account: '0002' })]).toEqual([10, 0]);
    const held = heldCall();
    await expect(upstream.write(target(), held.call)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      details: { unsent: true, retryAfterSeconds: 10 },
    });
    await clock.advance(10_000);
    expect(upstream.breakerWait(POND)).toBe(0);
    const written = upstream.write(target(), held.call);
    await settle();
    held.answer('fish');
    await expect(written).resolves.toBe('fish');
  });

  it('says unsent when too many wait, and when it is given up while it waits', async () => {
    const held = heldCall();
    const first = upstream.write(target(), held.call);
    const patience = new AbortController();
    const second = upstream.write(target('0002', patience.signal), held.call);
    await expect(upstream.write(target('0003'), held.call)).rejects.toMatchObject({ details: { unsent: true } });
    patience.abort();
    await expect(second).rejects.toMatchObject({ details: { unsent: true } });
    await expect(upstream.write(target('0002', patience.signal), held.call)).rejects.toMatchObject({
      details: { unsent: true },
    });
    held.answer('fish');
    await first;
    expect(held.calls()).toBe(1);
  });

  it('says unsent when no connection was made', async () => {
    await expect(post(await closedPort())).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      details: { unsent: true, subsidiary: 'POND' },
    });
  });

  it('says unsent at a deadline while the connection is still being made', async () => {
    const deadline = new AbortController();
    const connection = upstream.connect({ name: 'ledger', baseUrl: 'http://127.0.0.1:9' });
    const written = upstream.write(target('0001', deadline.signal), (call) =>
      connection.send({ method: 'PUT', path: '/fish' }, call),
    );
    deadline.abort(new AppError('UPSTREAM_TIMEOUT', 'too late'));
    const failure = await written.then(
      () => null,
      (error: AppError) => error,
    );
    expect([failure?.code, failure?.details.unsent]).toEqual(['UPSTREAM_TIMEOUT', true]);
  });

  it('is in doubt once a connection was made, fresh or kept alive', async () => {
    let requests = 0;
    const server = createServer((request, response) => {
      requests += 1;
      if (request.url === '/fine') response.end('{}');
      else request.socket.destroy();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const connection = upstream.connect({ name: 'ledger', baseUrl: `http://127.0.0.1:${port}` });
    const send = (path: string): Promise<unknown> =>
      upstream.write(target(), (call) => connection.send({ method: 'PATCH', path }, call));
    await send('/fine');
    for (const path of ['/lost', '/lost']) {
      const failure: AppError = await send(path).then(
        () => Promise.reject(new Error('there was no answer')),
        (error: AppError) => error,
      );
      expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_UNAVAILABLE', undefined]);
    }
    expect(requests).toBe(3);
  });
});
