import { readFileSync } from 'node:fs';
import type { TestClock } from '#lib/testing';
import { Upstream, type Connection, type ConnectionOptions, type HttpRequest, type HttpResponse } from '#lib/upstream';
import { HousingSettings } from '../housing.settings.js';

export const SETTINGS = Object.assign(new HousingSettings(), {
  erpUrl: 'http://erp.example/',
  erpUser: 'portal',
  erpPassword: 'gärtner',
});

export const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

export function soap(body: string, status = 200): HttpResponse {
  return { status, headers: { 'content-type': 'application/soap+xml; charset=utf-8' }, body: Buffer.from(body) };
}

export function json(body: unknown, status = 200): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
}

/** What the ERP does with a request: an answer, at once or later, or a failure. */
export type ErpScript = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

/** The real `Upstream` before an ERP that does as the test says, and hears every request. */
export class ScriptedErp extends Upstream {
  /** As the golden files hold them. */
  readonly requests: string[] = [];

  constructor(
    clock: TestClock,
    private readonly script: ErpScript,
  ) {
    super(clock, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  }

  override connect({ baseUrl }: ConnectionOptions): Connection {
    return {
      send: async (request) => {
        this.requests.push(asText(baseUrl.replace(/\/$/, ''), request));
        return this.script(request);
      },
    };
  }
}

function asText(baseUrl: string, { method, path, headers, body }: HttpRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${baseUrl}${path}`, ...lines].join('\n')}\n${body === undefined ? '' : `\n${String(body)}\n`}`;
}
