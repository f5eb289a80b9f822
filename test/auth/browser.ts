import type { House } from '../harness.js';
import type { FakeProvider, Person } from './fake-provider.js';

export const PORTAL = 'https://portal.example.test';
export const COUNTER = 'https://counter.example.test';

/** The channels of these tests; their proxy is this machine. */
export const CHANNEL_ENVIRONMENT = {
  CHANNELS: JSON.stringify([
    {
      name: 'portal',
      origin: PORTAL,
      audience: 'customer',
      clientId: 'portal-client',
      clientSecretEnv: 'PORTAL_SECRET',
    },
    {
      name: 'counter',
      origin: COUNTER,
      audience: 'agent',
      clientId: 'counter-client',
      clientSecret: 'counter-client-secret',
    },
  ]),
  PORTAL_SECRET: 'portal-client-secret',
  SESSION_KEY: Buffer.alloc(32, 7).toString('base64'),
  TRUSTED_PROXIES: '127.0.0.1',
};

type Headers = Record<string, string>;

/** What a channel's own script sends besides the cookie. */
export const OWN: Headers = { 'x-saaltor': '1' };

/** As much of a browser as these tests need, behind the proxy of one channel. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly house: House,
    private readonly origin = PORTAL,
  ) {}

  /** What the proxy and the browser put on every request. */
  headers(): Headers {
    const { protocol, host } = new URL(this.origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      'x-forwarded-host': host,
      'x-forwarded-proto': protocol.slice(0, -1),
      ...(cookie !== '' && { cookie }),
    };
  }

  async go(path: string, headers: Headers = {}, method = 'GET'): Promise<Response> {
    const response = await fetch(this.house.url + path, {
      method,
      redirect: 'manual',
      headers: { ...this.headers(), ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  /** Goes to the provider and back. @returns the answer of the callback */
  async signIn(provider: FakeProvider, person: Person, from = '/auth/login'): Promise<Response> {
    const away = await this.go(from);
    const location = away.headers.get('location');
    if (location === null) return away;
    const back = provider.approve(location, person);
    return this.go(back.pathname + back.search);
  }

  get session(): string | undefined {
    return this.cookies.get('__Host-saaltor');
  }

  /** The customer's name, or the code of what refused. */
  async me(instance = 0, headers: Headers = OWN): Promise<unknown> {
    const query = { query: '{ viewer { kind } me { name } }' };
    const answer = await this.house.graphql(query, { instance, headers: { ...this.headers(), ...headers } });
    const me = answer.data?.['me'] as { name: string } | null | undefined;
    return me?.name ?? answer.errors[0]?.extensions['code'];
  }

  async sessionState(): Promise<Record<string, unknown>> {
    return (await (await this.go('/auth/session', OWN)).json()) as Record<string, unknown>;
  }
}
