import { readFileSync } from 'node:fs';
import { Upstream, type Connection, type ConnectionOptions, type HttpRequest, type HttpResponse } from '#lib/upstream';
import type { TestClock } from '#lib/testing';
import { TransitSettings } from '../transit.settings.js';

export const SETTINGS = Object.assign(new TransitSettings(), {
  hafasUrl: 'https://hafas.example',
  hafasAid: 'aid-for-tests',
  hafasSalt: '00ff10a0',
  gtfsTimetablePath: '/gtfs.zip',
  gtfsTripUpdatesPath: '/realtime/trip-updates.pb',
  gtfsAlertsPath: '/realtime/alerts.pb',
  gtfsRefreshMinutes: 60,
  shopUrl: 'https://shop.example/base',
  shopClientId: 'saaltor',
  shopClientSecret: 'k&r:7',
});

/** An answer of a legacy system, at once or later. */
export type Answer = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
}

export function json(status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers, body: bytes };
}

/** The answer of mgate with one service that refused. */
export function hafasRefusal(meth: string, err: string): HttpResponse {
  return json(200, { ver: '1.78', err: 'OK', svcResL: [{ meth, err, errTxt: 'text of the system' }] });
}

/** The real `Upstream` over systems that answer as the test says, and hear every request. */
export class ScriptedUpstream extends Upstream {
  readonly requests: string[] = [];

  constructor(
    clock: TestClock,
    private readonly respond: Answer,
  ) {
    super(clock, { concurrent: 8, waiting: 8, cacheBytes: 200_000 });
  }

  override connect({ baseUrl }: ConnectionOptions): Connection {
    return {
      send: (request, { signal }) => {
        this.requests.push(asText(baseUrl, request));
        return new Promise((resolve, reject) => {
          const onAbort = (): void => reject(signal.reason as Error);
          signal.addEventListener('abort', onAbort, { once: true });
          Promise.resolve(this.respond(request))
            .then(resolve, reject)
            .finally(() => signal.removeEventListener('abort', onAbort));
        });
      },
    };
  }
}

/** A request as the golden files hold it. */
function asText(baseUrl: string, { method, path, headers, body }: HttpRequest): string {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${baseUrl}${path}`, ...lines].join('\n')}\n${body === undefined ? '' : `\n${String(body)}\n`}`;
}
