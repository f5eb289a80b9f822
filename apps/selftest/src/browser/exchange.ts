import { request as plainRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isLoopback } from './cookie-jar.js';
import { readSetCookie, type SetCookie } from './set-cookie.js';

const DEADLINE_MS = 15_000;
const LARGEST_BODY = 1_000_000;

/** A request as it is to go out, byte for byte: nothing is followed, added or left out. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The request's target in place of the address's path, such as a whole address. */
  readonly target?: string;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly cookies: readonly SetCookie[];
  readonly body: string;
  /** Where the answer sends the browser. */
  readonly location: URL | undefined;
}

/** Nobody answers there. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** @throws NoAnswer when there is none within 15 seconds */
export function exchange(url: URL, ask: Ask = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, target = url.pathname + url.search } = ask;
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    host: connectTo(url.hostname),
    port: url.port === '' ? undefined : Number(url.port),
    method,
    path: target,
    headers: { host: url.host, ...headers, ...length },
    agent: false,
    signal: AbortSignal.timeout(DEADLINE_MS),
    ...(url.protocol === 'https:' && { servername: url.hostname }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new NoAnswer(`${url.origin} does not answer (${error.message})`));
    const outgoing = send(options, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text = text.length < LARGEST_BODY ? text + chunk : text));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const { statusCode: status = 0, headers: found } = incoming;
        const cookies = (found['set-cookie'] ?? []).flatMap((line) => readSetCookie(line) ?? []);
        const location = locationOf(found, url);
        resolve({ url, status, headers: found, cookies, body: text, location });
      });
    });
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/** Names below `localhost` are this machine (RFC 6761, section 6.3), which not every resolver knows. */
function connectTo(hostname: string): string {
  if (hostname.endsWith('.localhost') && isLoopback(hostname)) return '127.0.0.1';
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function locationOf({ location }: IncomingHttpHeaders, url: URL): URL | undefined {
  return location !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined;
}
