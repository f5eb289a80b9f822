import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import { AppError } from '#lib/kernel';
import { ConnectWatch } from './connect-watch.js';
import type { HttpRequest, HttpResponse, UpstreamCall } from './read-operation.js';
import { asUnsent } from './unsent.js';

export interface ConnectionOptions {
  /** Name of the legacy system, for error texts. */
  readonly name: string;
  /** Scheme, host, port and perhaps a path prefix. Requests cannot leave it. */
  readonly baseUrl: string;
  /** Largest answer in bytes, unpacked; 10 MB unless told. */
  readonly maxBodyBytes?: number;
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
/** Idle sockets kept per system; the bulkhead bounds how many are busy. */
const IDLE_SOCKETS = 16;

export class HttpConnection implements Connection {
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
    const watch = new ConnectWatch();
    try {
      const response = await this.client.request<Buffer>({
        method: request.method,
        url: this.urlOf(request.path),
        headers: { ...request.headers },
        data: request.body,
        signal: call.signal,
        transport: watch,
      });
      return {
        status: response.status,
        headers: { ...response.headers } as HttpResponse['headers'],
        body: response.data,
      };
    } catch (error) {
      const failure = this.translate(error, call.signal);
      throw watch.connected ? failure : asUnsent(failure);
    }
  }

  close(): void {
    for (const agent of this.agents) agent.destroy();
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
      return new AppError('UPSTREAM_MALFORMED', `${system} answered more than allowed`, {
        system,
        reason: 'answer too large',
      });
    }
    return new AppError('UPSTREAM_UNAVAILABLE', `${system} cannot be reached (${code})`, { system });
  }
}
