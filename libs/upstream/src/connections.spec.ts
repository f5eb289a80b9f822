import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server as TlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { until } from '#lib/testing';
import { HttpConnection } from './http-connection.js';

const OPENSSL = process.env['OPENSSL'] ?? 'openssl';
const GET = { method: 'GET', path: '/' } as const;
const POST = { method: 'POST', path: '/', body: '{}' } as const;
const CALL = { signal: new AbortController().signal };
const EMPTY = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

const failureOf = (answer: Promise<unknown>): Promise<AppError> =>
  answer.then(
    () => Promise.reject(new Error('there was an answer')),
    (error: AppError) => error,
  );

describe('a pool of connections to a system', () => {
  const open: { server: Server; sockets: Socket[]; connection: HttpConnection }[] = [];

  afterEach(() => {
    for (const { server, sockets, connection } of open.splice(0)) {
      connection.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });

  /** The system speaks no HTTP of its own: what it hears is handed over, what it says is up to the test. */
  async function connect(
    hear: (socket: Socket, text: string) => void,
    scheme = 'http',
    server = createServer(),
  ): Promise<(typeof open)[0]> {
    const sockets: Socket[] = [];
    server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined).on('data', (chunk) => hear(socket, chunk.toString('latin1')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const connection = new HttpConnection({ name: 'ledger', baseUrl: `${scheme}://127.0.0.1:${port}` });
    const stage = { server, sockets, connection };
    open.push(stage);
    return stage;
  }

  it('gives cookies as a list, of other repeated headers one text, and of some the first', async () => {
    const { connection } = await connect((socket) =>
      socket.write(
        'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nVia: a\r\nVIA: b\r\n' +
          'Content-Type: text/plain\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n',
      ),
    );
    const { status, headers } = await connection.send(GET, CALL);
    expect([status, headers['set-cookie'], headers['via'], headers['content-type'], headers['link']]).toEqual([
      200,
      ['a=1'],
      'a, b',
      'text/plain',
      undefined,
    ]);
  });

  it('uses a connection again, and makes more when there are more calls at once', async () => {
    const stage = await connect((socket, text) => {
      const answer = (): boolean => socket.write(EMPTY);
      if (text.startsWith('GET /first')) answer();
      else if (stage.sockets.length >= 3) answer();
      else void until('three are connected', () => stage.sockets.length >= 3).then(answer);
    });
    const get = (path: string): Promise<unknown> => stage.connection.send({ method: 'GET', path }, CALL);
    // Whoever asks at the very moment of an answer finds its connection not yet free.
    for (let time = 0; time < 6; time += 1) await get('/first');
    expect(stage.sockets.length).toBeLessThanOrEqual(2);
    await Promise.all([get('/a'), get('/b'), get('/c')]);
    expect(stage.sockets.length).toBeLessThanOrEqual(5);
  });

  it('sends nothing on a kept connection that the system has closed meanwhile', async () => {
    const heard: string[] = [];
    const stage = await connect((socket, text) => {
      heard.push(text.slice(0, 12));
      socket.write(EMPTY, () => socket.destroy());
    });
    const gone = async (): Promise<void> => {
      await until('it is closed', () => stage.sockets.every(({ destroyed }) => destroyed));
    };
    for (const path of ['/1', '/2', '/3', '/4']) {
      await stage.connection.send({ method: 'POST', path, body: '{}' }, CALL);
      await gone();
    }
    expect([heard.length, stage.sockets.length]).toEqual([4, 4]);
  });

  it('is in doubt when a kept one is reset under the request, and well again afterwards', async () => {
    const heard: string[] = [];
    const { connection } = await connect((socket, text) => {
      heard.push(text.slice(0, 4));
      if (text.startsWith('POST')) socket.resetAndDestroy();
      else socket.write(EMPTY);
    });
    await connection.send(GET, CALL);
    const failure = await failureOf(connection.send(POST, CALL));
    expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_UNAVAILABLE', undefined]);
    await connection.send(GET, CALL);
    expect(heard).toEqual(['GET ', 'POST', 'GET ']);
  });

  it('is in doubt when it is given up while the system works on it', async () => {
    const patience = new AbortController();
    const { connection } = await connect(() => patience.abort(new AppError('UPSTREAM_TIMEOUT', 'enough')));
    const failure = await failureOf(connection.send(POST, patience));
    expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_TIMEOUT', undefined]);
  });

  it('says unsent when it is given up before the handshake of TLS, and hangs up when it is closed', async () => {
    const patience = new AbortController();
    let heard = '';
    const stage = await connect((_socket, text) => {
      heard += text;
      patience.abort(new AppError('UPSTREAM_TIMEOUT', 'enough'));
    }, 'https');
    const secret = { method: 'POST', path: '/', body: 'secret' } as const;
    const failure = await failureOf(stage.connection.send(secret, patience));
    expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_TIMEOUT', true]);
    expect(stage.sockets.map(({ destroyed }) => destroyed)).toEqual([false]);
    stage.connection.close();
    await until('it has hung up', () => stage.sockets[0]!.destroyed);
    expect(heard).not.toContain('secret');
  });

  it('ends what is under way, and its kept connections, when it is closed', async () => {
    const stage = await connect((socket, text) => {
      if (text.startsWith('GET /kept')) socket.write(EMPTY);
      else stage.connection.close();
    });
    await stage.connection.send({ method: 'GET', path: '/kept' }, CALL);
    await expect(stage.connection.send({ method: 'GET', path: '/held' }, CALL)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await until('all have ended', () => stage.sockets.every(({ destroyed }) => destroyed));
    await expect(stage.connection.send({ method: 'GET', path: '/late' }, CALL)).rejects.toMatchObject({
      details: { unsent: true },
    });
  });

  (hasOpenssl() ? it : it.skip)('sends nothing to a system with a certificate that nobody has signed', async () => {
    const heard: string[] = [];
    const server = new TlsServer(makeCertificate());
    const { connection } = await connect((_socket, text) => heard.push(text), 'https', server);
    const failure = await failureOf(connection.send(POST, CALL));
    expect([failure.code, failure.details.unsent]).toEqual(['UPSTREAM_UNAVAILABLE', true]);
    expect(failure.message).toContain('SELF_SIGNED_CERT');
    expect(heard).toEqual([]);
  });
});

/** Where it is not, a line says what was not run, and under CI it is an error. */
function hasOpenssl(): boolean {
  if (spawnSync(OPENSSL, ['version']).status === 0) return true;
  const said = `not run: a certificate that nobody has signed, because there is no ${OPENSSL} on this machine`;
  if (process.env['CI'] === 'true') throw new Error(said);
  process.stderr.write(`${said}\n`);
  return false;
}

/** A certificate that signs itself, and its key; Node cannot make one. */
function makeCertificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'connections-spec-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const names = ['-subj', '/CN=ledger', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync(OPENSSL, ['req', '-x509', '-days', '2', ...kind, ...names, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
      timeout: 20_000,
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
