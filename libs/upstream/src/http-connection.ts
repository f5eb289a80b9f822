import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import axios, { isAxiosError, type AxiosInstance, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { AppError } from '#lib/kernel';
import { ConnectWatch } from './connect-watch.js';
import type { DownloadSink, FileConnection } from './file-connection.js';
import type { HttpRequest, HttpResponse, UpstreamCall } from './read-operation.js';
import { TemporaryFile } from './temporary-file.js';
import { asUnsent } from './unsent.js';

export interface ConnectionOptions {
  /** Name of the legacy system, for error texts. */
  readonly name: string;
  /** Scheme, host, port and perhaps a path prefix. Requests cannot leave it. */
  readonly baseUrl: string;
  /** Largest answer in bytes, unpacked; 10 MB unless told. */
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
   *   UPSTREAM_MALFORMED when the answer is larger than allowed; `unsent` where no connection was made at all
   */
  send(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse>;
}

const DEFAULT_MAX_BODY_BYTES = 10_000_000;
const DEFAULT_MAX_FILE_BYTES = 100_000_000;
/** Idle sockets kept per system; the bulkhead bounds how many are busy. */
const IDLE_SOCKETS = 16;

export class HttpConnection implements FileConnection {
  private readonly client: AxiosInstance;
  private readonly origin: string;
  private readonly agents = [
    new HttpAgent({ keepAlive: true, maxFreeSockets: IDLE_SOCKETS }),
    new HttpsAgent({ keepAlive: true, maxFreeSockets: IDLE_SOCKETS }),
  ] as const;

  constructor(private readonly options: ConnectionOptions) {
    this.origin = new URL(options.baseUrl).origin;
    const maximum = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    this.client = axios.create({
      httpAgent: this.agents[0],
      httpsAgent: this.agents[1],
      responseType: 'arraybuffer',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: maximum,
      maxBodyLength: maximum,
      proxy: false,
      headers: { common: { accept: '*/*', 'user-agent': 'saaltor' } },
    });
  }

  async send(request: HttpRequest, call: UpstreamCall): Promise<HttpResponse> {
    const { status, headers, data } = await this.exchange<Buffer>(request, call);
    return { status, headers: { ...headers } as HttpResponse['headers'], body: data };
  }

  async download<T>(request: HttpRequest, call: UpstreamCall, sink: DownloadSink<T>): Promise<T> {
    // The bytes are counted below: axios' own bound would leave the socket open when a body is not wanted.
    const { status, headers, data } = await this.exchange<Readable>(request, call, {
      responseType: 'stream',
      maxContentLength: -1,
    });
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
    for (const agent of this.agents) agent.destroy();
  }

  private async exchange<Body>(
    request: HttpRequest,
    call: UpstreamCall,
    more: AxiosRequestConfig = {},
  ): Promise<AxiosResponse<Body>> {
    const watch = new ConnectWatch();
    try {
      return await this.client.request<Body>({
        method: request.method,
        url: this.urlOf(request.path),
        headers: { ...request.headers },
        data: request.body,
        signal: call.signal,
        transport: watch,
        ...more,
      });
    } catch (error) {
      const failure = this.translate(error, call.signal);
      throw watch.connected ? failure : asUnsent(failure);
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

  /** The cause is dropped on purpose: axios errors carry the request with credentials and personal data. */
  private translate(error: unknown, signal: AbortSignal): AppError {
    if (error instanceof AppError) return error;
    const system = this.options.name;
    if (signal.aborted) {
      return signal.reason instanceof AppError
        ? signal.reason
        : new AppError('UPSTREAM_TIMEOUT', `${system} was given up`, { system });
    }
    const code = isAxiosError(error) ? (error.code ?? 'unknown') : 'unknown';
    if (isAxiosError(error) && error.message.startsWith('maxContentLength')) {
      return this.tooLarge();
    }
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

const NOTHING = { size: 0, read: () => Promise.resolve(Buffer.alloc(0)) };
