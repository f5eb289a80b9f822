import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import type { Download } from './file-connection.js';
import { HttpConnection, type ConnectionOptions } from './http-connection.js';

const GET = { method: 'GET', path: '/export.zip' } as const;
const KB = 1024;
const LIMIT = { maxFileBytes: 100 * KB };
const CALL = { signal: new AbortController().signal };
const whole = ({ file }: Download): Promise<Buffer> => file.read(0, file.size);

describe('a download', () => {
  const open: { server: Server; connection: HttpConnection }[] = [];
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'download-spec-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  afterEach(() => {
    for (const { server, connection } of open.splice(0)) {
      connection.close();
      server.closeAllConnections();
      server.close();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  async function connect(listener: RequestListener, more: Partial<ConnectionOptions> = {}): Promise<HttpConnection> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const baseUrl = `http://127.0.0.1:${port}`;
    const connection = new HttpConnection({ name: 'export', baseUrl, filesFolder: folder, ...more });
    open.push({ server, connection });
    return connection;
  }

  it('gives head and file, of which any piece can be read', async () => {
    const body = Buffer.from(Array.from({ length: 300 * KB }, (_, index) => index % 251));
    const connection = await connect((_request, response) => response.writeHead(200, { etag: '"v1"' }).end(body));
    const seen = await connection.download(GET, CALL, async (download) => {
      const { status, headers, file } = download;
      expect([status, headers['etag'], file.size]).toEqual([200, '"v1"', body.length]);
      expect(await file.read(70_000, 5)).toEqual(body.subarray(70_000, 70_005));
      expect(await file.read(body.length - 2, 10)).toEqual(body.subarray(-2));
      expect(await file.read(body.length + 5, 10)).toHaveLength(0);
      return whole(download);
    });
    expect(seen.equals(body)).toBe(true);
  });

  it('unpacks what was packed for the way', async () => {
    const connection = await connect((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('objects')),
    );
    expect((await connection.download(GET, CALL, whole)).toString()).toBe('objects');
  });

  it.each([304, 404, 500, 302])('brings no file with HTTP %i', async (status) => {
    const connection = await connect((_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(status === 304 ? undefined : 'a page');
    });
    for (let time = 0; time < 3; time += 1) {
      const seen = await connection.download(GET, CALL, async (download) => [
        download.status,
        download.file.size,
        await whole(download),
      ]);
      expect(seen).toEqual([status, 0, Buffer.alloc(0)]);
    }
  });

  it('sends method, headers and body', async () => {
    const connection = await connect((request, response) => {
      response.end(`${request.method} ${request.url} ${request.headers['if-none-match']}`);
    });
    const seen = await connection.download({ ...GET, headers: { 'if-none-match': '"v1"' } }, CALL, whole);
    expect(seen.toString()).toBe('GET /export.zip "v1"');
  });

  it.each([
    ['announced', (body: Buffer) => ({ 'content-length': String(body.length) }), (body: Buffer) => body],
    ['not announced', () => ({}), (body: Buffer) => body],
    ['packed', () => ({ 'content-encoding': 'gzip' }), (body: Buffer) => gzipSync(body)],
  ])('that is larger than allowed is refused, its length %s', async (_case, headers, packed) => {
    const body = Buffer.alloc(200 * KB);
    const connection = await connect((_request, response) => {
      response.writeHead(200, headers(body));
      response.write(packed(body));
      response.end();
    }, LIMIT);
    await expect(connection.download(GET, CALL, whole)).rejects.toMatchObject({
      code: 'UPSTREAM_MALFORMED',
      details: { reason: 'answer too large' },
    });
  });

  it('of just the size that is allowed is taken', async () => {
    const connection = await connect((_request, response) => response.end(Buffer.alloc(100 * KB)), LIMIT);
    expect(await connection.download(GET, CALL, whole)).toHaveLength(100 * KB);
  });

  it('that breaks off is UPSTREAM_UNAVAILABLE, and nobody is given half a file', async () => {
    let taken = false;
    const connection = await connect((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    });
    const failure = connection.download({ ...GET, headers: { authorization: 'Basic c2VjcmV0' } }, CALL, () =>
      Promise.resolve((taken = true)),
    );
    const error = await failure.catch((reason: unknown) => reason as AppError);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(inspect(error, { depth: 10 })).not.toContain('c2VjcmV0');
    expect(taken).toBe(false);
  });

  it('from a system that is not there is UPSTREAM_UNAVAILABLE', async () => {
    const connection = await connect(() => undefined);
    await new Promise((resolve) => open[0]!.server.close(resolve));
    await expect(connection.download(GET, CALL, whole)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it.each(['before the answer', 'in the middle of the file'])(
    'that is given up %s ends with the reason',
    async (when) => {
      const controller = new AbortController();
      const abort = (): void => controller.abort(new AppError('UPSTREAM_TIMEOUT', 'enough'));
      const connection = await connect((_request, response) => {
        if (when === 'before the answer') abort();
        else response.writeHead(200).write(Buffer.alloc(64 * KB), () => abort());
      });
      await expect(connection.download(GET, controller, whole)).rejects.toMatchObject({
        code: 'UPSTREAM_TIMEOUT',
        message: 'enough',
      });
    },
  );

  it('that is given up while it is read ends at the next piece', async () => {
    const controller = new AbortController();
    const connection = await connect((_request, response) => response.end('objects'));
    const reading = connection.download(GET, controller, async ({ file }) => {
      await file.read(0, 1);
      controller.abort(new AppError('UPSTREAM_TIMEOUT', 'enough'));
      return file.read(1, 1);
    });
    await expect(reading).rejects.toMatchObject({ message: 'enough' });
  });

  it('passes on what its reader says of it', async () => {
    const connection = await connect((_request, response) => response.end('objects'));
    const failure = new AppError('UPSTREAM_MALFORMED', 'zip: has no directory');
    await expect(connection.download(GET, CALL, () => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('for which there is no room says so and leaves nothing behind', async () => {
    const missing = { filesFolder: join(folder, 'missing') };
    const connection = await connect((_request, response) => response.end(Buffer.alloc(200 * KB)), missing);
    await expect(connection.download(GET, CALL, whole)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'a temporary file fails (ENOENT)',
    });
  });

  it('has no name on disk while it is used', async () => {
    const connection = await connect((_request, response) => response.end('objects'));
    const names = await connection.download(GET, CALL, () => Promise.resolve(readdirSync(folder)));
    expect(names).toEqual(process.platform === 'win32' ? [expect.any(String)] : []);
  });
});
