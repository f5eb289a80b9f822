import type { IncomingRequest } from '../callers.js';

/** A request at the browser's own routes, as far as it is used. */
export interface BrowserRequest extends IncomingRequest {
  /** Path and query. */
  readonly url: string;
}

/** What the browser's own routes answer with. */
export interface BrowserReply {
  code(status: number): BrowserReply;
  header(name: string, value: string | string[]): BrowserReply;
  send(body?: unknown): unknown;
}

/** The query of a request; every value of a name that comes twice is kept. */
export function queryOf({ url }: BrowserRequest): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
