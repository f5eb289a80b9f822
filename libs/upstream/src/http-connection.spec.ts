import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
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

  const failureOf = (answer: Promise<unknown>): Promise<AppError> =>
    answer.then(
      () => Promise.reject(new Error('there was an answer')),
      (error: AppError) => error,
    );

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

  it('refuses an answer that is too large as soon as it is', async () => {
    const connection = await connect((_request, response) => {
      response.writeHead(200);
      response.write(Buffer.alloc(20_000));
    }, 10_000);
    await expect(connection.send({ method: 'GET', path: '/' }, call)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
    });
  });

  it('sends no body that is larger than allowed', async () => {
    const connection = await connect((_request, response) => response.end(), 10);
    const failure = await failureOf(connection.send({ method: 'POST', path: '/', body: 'ä'.repeat(6) }, call));
    expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_UNAVAILABLE', true]);
  });

  it.each([
    ['gzip', gzipSync('objects')],
    ['x-gzip', gzipSync('objects')],
    ['deflate', deflateSync('objects')],
    ['deflate', deflateRawSync('objects')],
    ['br', brotliCompressSync('objects')],
    ['GZIP', gzipSync('objects')],
    ['identity', Buffer.from('objects')],
  ])('unpacks what was packed for the way as %s, which it says that it can', async (encoding, packed) => {
    let accepted: unknown;
    const connection = await connect((request, response) => {
      accepted = request.headers['accept-encoding'];
      response.writeHead(200, { 'content-encoding': encoding }).end(packed);
    });
    const { body } = await connection.send({ method: 'GET', path: '/' }, call);
    expect([body.toString(), accepted]).toEqual(['objects', 'gzip, deflate, br']);
  });

  it.each(['gzip', 'deflate', 'br'])('takes no answer of which a part is missing: %s', async (encoding) => {
    const pack = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[encoding]!;
    const packed = pack('objects'.repeat(100));
    const connection = await connect((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed.subarray(0, -4)),
    );
    await expect(connection.send({ method: 'GET', path: '/' }, call)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
  });

  it.each([204, 304])('takes a packed answer without a body: %i', async (status) => {
    const connection = await connect((_request, response) =>
      response.writeHead(status, { 'content-encoding': 'gzip' }).end(),
    );
    const answer = await connection.send({ method: 'GET', path: '/' }, call);
    expect([answer.status, answer.body.length]).toEqual([status, 0]);
  });

  it('sends the credentials of its address', async () => {
    const connection = await connect((request, response) => response.end(request.headers.authorization));
    const { port } = open[0]!.server.address() as AddressInfo;
    const named = new HttpConnection({ name: 'ledger', baseUrl: `http://us%40er:p%C3%A4ss@127.0.0.1:${port}/` });
    const answers = await Promise.all([connection, named].map((one) => one.send({ method: 'GET', path: '/' }, call)));
    named.close();
    expect(answers.map(({ body }) => body.toString())).toEqual([
      '',
      `Basic ${Buffer.from('us@er:päss').toString('base64')}`,
    ]);
  });

  it.each([
    ['value', { 'x-note': 'a\r\nx-role: agent' }],
    ['value', { 'x-note': 'a\0' }],
    ['name', { 'x-note\r\nx-role': 'agent' }],
  ])('refuses a header with a line break in its %s before anything is sent', async (_, headers) => {
    let requests = 0;
    const connection = await connect((_request, response) => {
      requests += 1;
      response.end();
    });
    const failure = await failureOf(connection.send({ method: 'POST', path: '/', headers, body: '{}' }, call));
    expect([failure.code, failure.details.unsent, inspect(failure)]).toEqual([
      'INTERNAL',
      true,
      expect.not.stringContaining('agent'),
    ]);
    await connection.send({ method: 'GET', path: '/' }, call);
    expect(requests).toBe(1);
  });
});
