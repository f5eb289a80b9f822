import { validateHeaderName, validateHeaderValue } from 'node:http';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Axios, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { Pool } from 'undici';
import { AppError } from '#lib/kernel';
import { Connector } from './connector.js';
import type { DownloadSink, FileConnection } from './file-connection.js';
import { PoolExchange } from './pool-exchange.js';
import type { HttpRequest, HttpResponse, UpstreamCall } from './read-operation.js';
import { TemporaryFile } from './temporary-file.js';
import { AnswerTooLarge, PACKED_AS } from './unpack.js';
import { asUnsent } from './unsent.js';

export interface ConnectionOptions {
  /** Name of the legacy system, for error texts. */
  readonly name: string;
  /** Scheme, host, port and perhaps a path prefix. Requests cannot leave it. */
  readonly baseUrl: string;
  /** Largest request and answer in bytes, unpacked; 10 MB unless told. */
  readonly maxBodyBytes?: number;
  /** Largest file in bytes, unpacked, where answers go to disk; 100 MB unless told. */
  readonly maxFileBytes?: number;
  /** Where they are kept while they are used; the system's folder for temporary files (`TMPDIR`) unless told. */
  readonly filesFolder?: string;
}

/** A legacy system reached over HTTP. */
export interface Connection {
  /**
   * Sends one request; redirects are not followed.
   * @returns the answer, whatever its status
   * @throws AppError UPSTREAM_TIMEOUT at the call's deadline, UPSTREAM_UNAVAILABLE when the connection fails,
   *   UPSTREAM_MALFORMED when the answer is larger than allowed; `unsent` where the request surely has not left
   */
  send(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse>;
}

const DEFAULT_MAX_BODY_BYTES = 10_000_000;
const DEFAULT_MAX_FILE_BYTES = 100_000_000;
const HEADERS = { accept: '*/*', 'user-agent': 'saaltor', 'accept-encoding': PACKED_AS };
/**
 * How long an unused connection is kept where the system does not say (header `keep-alive`; where it does, until two
 * seconds before). Short, since a system that hangs up just when a request comes leaves it in doubt.
 */
const KEPT_MS = 4_000;

export class HttpConnection implements FileConnection {
  /** Not `axios.create`: its settings would be merged into each request anew, at a third of what that costs. */
  private readonly client = new Axios({});
  private readonly origin: string;
  /**
   * As many connections as calls are under way, which the bulkhead bounds, and some that have just been used: the pool
   * gives a system a moment in which it may hang up.
   */
  private readonly pool: Pool;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly connector = new Connector();

  constructor(private readonly options: ConnectionOptions) {
    const { origin, username, password } = new URL(options.baseUrl);
    this.origin = origin;
    this.headers = { ...HEADERS, ...(username !== '' && { authorization: basic(username, password) }) };
    this.pool = new Pool(origin, { connect: this.connector.connect, keepAliveTimeout: KEPT_MS });
  }

  async send(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const { status, headers, data } = await this.exchange<Buffer>(request, call);
    return { status, headers: { ...headers } as HttpResponse['headers'], body: data };
  }

  async download<T>(request: HttpRequest, call: UpstreamCall, sink: DownloadSink<T>): Promise<T> {
    // The bytes are counted below.
    const { status, headers, data } = await this.exchange<Readable>(request, call, { responseType: 'stream' });
    // An abort ends the body with an error, which nobody may be listening to yet.
    data.on('error', () => undefined);
    const head = { status, headers: { ...headers } as HttpResponse['headers'] };
    if (status !== 200) {
      data.destroy();
      return sink({ ...head, file: NOTHING });
    }
    const file = await this.stored(data, call.signal);
    try {
      const read = async (at: number, length: number): Promise<Buffer> => {
        call.signal.throwIfAborted();
        return file.read(at, length);
      };
      return await sink({ ...head, file: { size: file.size, read } });
    } finally {
      await file.close();
    }
  }

  close(): void {
    this.connector.giveUp();
    void this.pool.destroy().catch(() => undefined);
  }

  private async exchange<Body>(
    request: HttpRequest,
    call: UpstreamCall,
    more: AxiosRequestConfig = {},
  ): Promise<AxiosResponse<Body>> {
    const exchange = new PoolExchange(this.pool, this.options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES);
    try {
      return await this.client.request<Body>({
        method: request.method,
        url: this.urlOf(request.path),
        headers: this.checked(request.headers),
        data: request.body,
        signal: call.signal,
        adapter: exchange.adapter,
        ...more,
      });
    } catch (error) {
      const failure = this.translate(error, call.signal);
      throw exchange.written ? failure : asUnsent(failure);
    }
  }

  /** Each chunk is on disk before the next one is taken, so that a slow disk slows the sender down. */
  private async stored(body: Readable, signal: AbortSignal): Promise<TemporaryFile> {
    const { maxFileBytes: most = DEFAULT_MAX_FILE_BYTES, filesFolder = tmpdir() } = this.options;
    let file: TemporaryFile | undefined;
    try {
      const opened = (file = await TemporaryFile.create(filesFolder));
      await pipeline(
        body,
        async (chunks: AsyncIterable<Buffer>) => {
          for await (const chunk of chunks) {
            if (opened.size + chunk.length > most) throw this.tooLarge();
            await opened.append(chunk);
          }
        },
        { signal },
      );
      return opened;
    } catch (error) {
      body.destroy();
      await file?.close();
      throw this.translate(error, signal);
    }
  }

  /** Guards against a path that would reach another host, e.g. `//evil.example` or `@evil.example`. */
  private urlOf(path: string): string {
    const url = this.options.baseUrl.replace(/\/$/, '') + path;
    if (!path.startsWith('/') || new URL(url).origin !== this.origin) {
      throw new AppError('INTERNAL', `the path leaves the system ${this.options.name}`);
    }
    return url;
  }

  /** A line break would begin another header or request; axios would drop it in silence. */
  private checked(headers: HttpRequest['headers'] = {}): Record<string, string> {
    try {
      for (const [name, value] of Object.entries(headers)) {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      }
    } catch {
      throw new AppError('INTERNAL', `a header for ${this.options.name} cannot be sent`);
    }
    return { ...this.headers, ...headers };
  }

  /** The cause is dropped on purpose: errors of axios and the pool carry the request, addresses and personal data. */
  private translate(error: unknown, signal: AbortSignal): AppError {
    if (error instanceof AppError) return error;
    const system = this.options.name;
    if (signal.aborted) {
      return signal.reason instanceof AppError
        ? signal.reason
        : new AppError('UPSTREAM_TIMEOUT', `${system} was given up`, { system });
    }
    if (error instanceof AnswerTooLarge) return this.tooLarge();
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return new AppError('UPSTREAM_UNAVAILABLE', `${system} cannot be reached (${code})`, { system });
  }

  private tooLarge(): AppError {
    const system = this.options.name;
    return new AppError('UPSTREAM_MALFORMED', `${system} answered more than allowed`, {
      system,
      reason: 'answer too large',
    });
  }
}

/** Credentials that stand in an address (RFC 7617). */
function basic(username: string, password: string): string {
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

const NOTHING = { size: 0, read: () => Promise.resolve(Buffer.alloc(0)) };
