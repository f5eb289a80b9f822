import type { IncomingMessage, ServerResponse } from 'node:http';
import { FakeGateway } from './fake-gateway.js';
import { FakeProvider } from './fake-provider.js';
import { FakeSessions } from './fake-sessions.js';
import type { Fault, Faults } from './fault.js';
import { listen, readText } from './listen.js';

/** A gateway with its identity provider and the sandbox's control endpoint, each with the faults that a test wants. */
export class FakeHouse {
  private constructor(
    readonly gatewayUrl: string,
    readonly controlUrl: string,
    readonly close: () => Promise<void>,
  ) {}

  static async open(...list: Fault[]): Promise<FakeHouse> {
    const faults: Faults = new Set(list);
    const provider = new FakeProvider(faults);
    const sessions = new FakeSessions(provider, faults);
    const gateway = new FakeGateway(provider, sessions, faults);
    const doors = await Promise.all([
      listen((request, response) => gateway.handle(request, response)),
      listen((request, response) => provider.handle(request, response)),
      listen((request, response) => control(request, response, { provider, sessions, faults })),
    ]);
    const [front, identity, side] = doors;
    gateway.origin = front.url;
    provider.issuer = identity.url;
    provider.redirectUri = `${front.url}/auth/callback${faults.has('redirect-by-query') ? '?channel=1' : ''}`;
    return new FakeHouse(front.url, side.url, async () => {
      await Promise.all(doors.map((door) => door.close()));
    });
  }
}

interface Parts {
  readonly provider: FakeProvider;
  readonly sessions: FakeSessions;
  readonly faults: Faults;
}

async function control(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const { provider, sessions, faults } = parts;
  const order = JSON.parse((await readText(request)) || '{}') as Record<string, string>;
  if (request.method === 'PUT') sessions.life = Number(order['accessToken']);
  if (request.url === '/identity/logout' && !faults.has('deaf-to-provider')) sessions.endAll(order['persona'] ?? '');
  const answers: Readonly<Record<string, object>> = {
    '/environment': { OIDC_ISSUER: provider.issuer },
    '/personas': { personas: [{ key: 'aylin', password: 'saaltor-aylin' }], agents: [{ key: 'x', password: null }] },
    '/tokens': { access_token: order['wrong'] === undefined ? 'right' : `wrong ${order['wrong']}` },
    '/identity/lifetimes': { accessToken: sessions.life },
    '/identity/requests': Object.fromEntries(provider.counts),
  };
  response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
}
