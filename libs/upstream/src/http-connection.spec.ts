import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { HttpConnection } from './http-connection.js';

describe('a connection', () => {
  const open: { server: Server; connection: HttpConnection }[] = [];

  async function connect(listener: RequestListener, maxBodyBytes?: number): Promise<HttpConnection> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const connection = new HttpConnection({ name: 'ledger', baseUrl: `http://127.0.0.1:${port}`, maxBodyBytes });
    open.push({ server, connection });
    return connection;
  }

  afterEach(() => {
    for (const { server, connection } of open.splice(0)) {
      connection.close();
      server.closeAllConnections();
      server.close();
    }
  });

  const call = { signal: new AbortController().signal };

  it('hands over any status, headers and the bytes as they came', async () => {
    const connection = await connect((_request, response) => {
      response.writeHead(418, { 'set-cookie': ['a=1', 'b=2'], 'x-kind': 'pot' }).end(Buffer.from([0xff, 0x00]));
    });
    const answer = await connection.send({ method: 'GET', path: '/tea' }, call);
    expect([answer.status, answer.headers['set-cookie'], answer.headers['x-kind']]).toEqual([
      418,
      ['a=1', 'b=2'],
      'pot',
    ]);
    expect([...answer.body]).toEqual([0xff, 0x00]);
  });

  it('sends method, path, headers and body unchanged', async () => {
    const connection = await connect((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () =>
        response.end(
          JSON.stringify([request.method, request.url, request.headers['x-note'], Buffer.concat(chunks).toString()]),
        ),
      );
    });
    const request = {
      method: 'POST',
      path: "/a('1%27')?x=%C3%A4&$y=1",
      headers: { 'x-note': 'n' },
      body: '{"a": 1.0}',
    } as const;
    const { body } = await connection.send(request, call);
    expect(JSON.parse(body.toString())).toEqual(['POST', "/a('1%27')?x=%C3%A4&$y=1", 'n', '{"a": 1.0}']);
  });

  it('does not follow redirects', async () => {
    const connection = await connect((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    expect((await connection.send({ method: 'GET', path: '/' }, call)).status).toBe(302);
  });

  it.each(['//evil.example/', 'evil', '', '@evil.example/'])(
    'refuses the path %j or keeps it on its host',
    async (path) => {
      const hosts: (string | undefined)[] = [];
      const connection = await connect((request, response) => {
        hosts.push(request.headers.host);
        response.end();
      });
      const outcome = await connection.send({ method: 'GET', path }, call).catch((error: AppError) => error.code);
      expect(typeof outcome === 'string' ? outcome : hosts[0]).toMatch(/^(INTERNAL|127\.0\.0\.1:\d+)$/);
    },
  );

  it('reports a cut connection as UPSTREAM_UNAVAILABLE without the request', async () => {
    const connection = await connect((request) => request.socket.destroy());
    const failure = connection.send(
      { method: 'GET', path: '/secret-name', headers: { authorization: 'Basic c2VjcmV0' } },
      call,
    );
    const error = await failure.catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(inspect(error, { depth: 10 })).not.toMatch(/secret|c2VjcmV0/);
  });

  it('reports a system that is not there as UPSTREAM_UNAVAILABLE', async () => {
    const connection = await connect(() => undefined);
    await new Promise((resolve) => open[0]!.server.close(resolve));
    await expect(connection.send({ method: 'GET', path: '/' }, call)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });

  it('ends with the reason of its signal', async () => {
    const connection = await connect(() => undefined);
    const controller = new AbortController();
    const answer = connection.send({ method: 'GET', path: '/' }, controller);
    controller.abort(new AppError('UPSTREAM_TIMEOUT', 'enough'));
    await expect(answer).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT', message: 'enough' });
  });

  it('refuses an answer that is too large once unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const connection = await connect(
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      10_000,
    );
    await expect(connection.send({ method: 'GET', path: '/' }, call)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
    });
  });
});
