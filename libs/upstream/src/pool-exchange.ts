import { AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher, Pool } from 'undici';
import { headersOf, type RawHeaders } from './answer-headers.js';
import { StreamedBody, WholeBody, type AnswerBody } from './answer-body.js';

/** Code of a request that was not begun: its body is larger than allowed. */
const TOO_MUCH_TO_SEND = 'ERR_REQUEST_TOO_LARGE';

/** Sends one request for axios (its `adapter`) over a pool of connections that are kept alive, and follows nothing. */
export class PoolExchange implements Dispatcher.DispatchHandler {
  /**
   * Whether bytes of the request may have left. Before, the pool was still connecting, or looking whether a kept
   * connection lives: then the other side surely has not received it, whatever the reason of the failure.
   */
  written = false;

  private config!: InternalAxiosRequestConfig;
  private resolve!: (answer: AxiosResponse) => void;
  private reject!: (error: unknown) => void;
  private controller: Dispatcher.DispatchController | null = null;
  private givenUp: Error | null = null;
  private body: AnswerBody | null = null;

  /** @param most bytes of a body: of what is sent, and of an answer that is not streamed, unpacked */
  constructor(
    private readonly pool: Pool,
    private readonly most: number,
  ) {}

  readonly adapter: AxiosAdapter = (config) =>
    new Promise((resolve, reject) => {
      this.config = config;
      this.resolve = resolve;
      this.reject = reject;
      config.signal?.addEventListener?.('abort', this.onAbort);
      this.begin();
    });

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.givenUp) {
      controller.abort(this.givenUp);
      return;
    }
    this.controller = controller;
    this.written = true;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, raw: RawHeaders): void {
    // Word on the way (1xx), not the answer.
    if (status < 200) return;
    const headers = headersOf(raw);
    const answer = { status, statusText: '', headers: Object.assign(new AxiosHeaders(), headers), config: this.config };
    const encoding = headers['content-encoding'];
    if (this.config.responseType === 'stream') {
      const body = (this.body = new StreamedBody(controller, encoding));
      this.resolve({ ...answer, data: body.stream });
      return;
    }
    const settle = (data: Buffer): void => this.resolve({ ...answer, data });
    this.body = new WholeBody(controller, encoding, this.most, settle, this.reject);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.body?.take(chunk);
  }

  onResponseEnd(): void {
    this.leave();
    this.body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  private begin(): void {
    const { url = '', method = 'get', headers, data } = this.config;
    const body = data as string | Uint8Array | undefined;
    if (body !== undefined && Buffer.byteLength(body) > this.most) {
      this.fail(Object.assign(new Error('the request is too large'), { code: TOO_MUCH_TO_SEND }));
      return;
    }
    const { pathname, search } = new URL(url);
    this.pool.dispatch(
      {
        path: pathname + search,
        method: method.toUpperCase() as Dispatcher.HttpMethod,
        headers: { ...headers } as Record<string, string>,
        body,
      },
      this,
    );
  }

  private readonly onAbort = (): void => {
    const error = new Error('given up');
    this.controller?.abort(error);
    this.fail(error);
  };

  private fail(error: Error): void {
    this.leave();
    this.givenUp = error;
    this.body?.fail(error);
    this.reject(error);
  }

  private leave(): void {
    this.config.signal?.removeEventListener?.('abort', this.onAbort);
  }
}
