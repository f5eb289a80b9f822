import { readFileSync } from 'node:fs';
import type { TestClock } from '#lib/testing';
import { Upstream, type Connection, type ConnectionOptions, type HttpRequest, type HttpResponse } from '#lib/upstream';
import { PoolsSettings } from '../pools.settings.js';

export const SETTINGS = Object.assign(new PoolsSettings(), {
  tillUrl: 'http://till.example:3063',
  tillUser: 'portal',
  tillPassword: 'k&r<7>',
  tillPaymentId: '5000000055',
  ticosUrl: 'https://ticos.example',
  ticosTenant: '4711',
});

export const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

/** What the till does with the text of a request: an answer, at once or later, or a failure. */
export type TillScript = (request: string) => HttpResponse | Promise<HttpResponse>;

export function page(body: string, status = 200): HttpResponse {
  return { status, headers: {}, body: Buffer.from(body) };
}

/** The real `Upstream` before a till that does as the test says, and hears every request. */
export class ScriptedTill extends Upstream {
  /** As the golden files hold them. */
  readonly requests: string[] = [];

  constructor(
    clock: TestClock,
    private readonly script: TillScript,
  ) {
    super(clock, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  }

  override connect({ baseUrl }: ConnectionOptions): Connection {
    return {
      send: async (request: HttpRequest) => {
        const text = asText(baseUrl, request);
        this.requests.push(text);
        return this.script(text);
      },
    };
  }
}

function asText(baseUrl: string, { method, path, headers, body }: HttpRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${baseUrl}${path}`, ...lines].join('\n')}\n${body === undefined ? '' : `\n${String(body)}\n`}`;
}
