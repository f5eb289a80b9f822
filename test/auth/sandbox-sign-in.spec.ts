import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { openHouse, type House } from '../harness.js';

const OWN = { 'x-saaltor': '1' };

/** A browser that visits the gateway and the sandbox's identity provider, with the cookies of each. */
class Visitor {
  readonly cookies = new Map<string, Map<string, string>>();

  async send(
    url: URL,
    method = 'GET',
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const jar = this.cookies.get(url.origin) ?? new Map<string, string>();
    this.cookies.set(url.origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...headers, cookie },
      ...(body && { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects to a page, or to an address that begins with `until`. */
  async follow(start: URL, until: string): Promise<{ readonly url: URL; readonly page: Response | null }> {
    let url = start;
    for (let step = 0; step < 15; step += 1) {
      if (url.href.startsWith(until)) return { url, page: null };
      const response = await this.send(url);
      const location = response.headers.get('location');
      if (location === null) return { url, page: response };
      url = new URL(location, url);
    }
    throw new Error('the redirects do not end');
  }

  /** Fills in the forms that come one after the other. @returns where the browser has landed */
  async signIn(start: string, forms: readonly Record<string, string>[], until: string): Promise<URL> {
    let { url, page } = await this.follow(new URL(start), until);
    for (const form of forms) {
      if (page === null) break;
      const answer = await this.send(url, 'POST', new URLSearchParams(form));
      ({ url, page } = await this.follow(new URL(answer.headers.get('location')!, url), until));
    }
    return url;
  }
}

describe('signing in with the identity provider of the sandbox', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock });
  }, 60_000);
  afterAll(() => house?.close());

  const session = async (visitor: Visitor, origin = house.url): Promise<Record<string, unknown>> =>
    (await (await visitor.send(new URL('/auth/session', origin), 'GET', undefined, OWN)).json()) as Record<
      string,
      unknown
    >;
  const password = { login: 'aylin', password: 'saaltor-aylin' };

  it('works without any setting: own data, a second factor, the sign-out', async () => {
    const visitor = new Visitor();
    const landed = await visitor.signIn(`${house.url}/auth/login?returnTo=/start`, [password], `${house.url}/start`);
    expect(landed.href).toBe(`${house.url}/start`);
    expect(await session(visitor)).toMatchObject({ signedIn: true, kind: 'customer', stepUpUntil: null });

    const cookie = `__Host-saaltor=${visitor.cookies.get(house.url)!.get('__Host-saaltor')}`;
    const { data } = await house.graphql({ query: '{ me { name } }' }, { headers: { cookie, ...OWN } });
    expect(data).toEqual({ me: { name: 'Aylin Kaya-Größel' } });

    const forms = [password, { code: '123456' }];
    await visitor.signIn(`${house.url}/auth/step-up?returnTo=/start`, forms, `${house.url}/start`);
    expect(await session(visitor)).toMatchObject({ signedIn: true, stepUpUntil: expect.any(String) });

    const left = await visitor.send(new URL('/auth/logout', house.url), 'POST', undefined, OWN);
    const { endSessionUrl } = (await left.json()) as { endSessionUrl: string };
    expect(await session(visitor)).toMatchObject({ signedIn: false });
    const page = await visitor.send(new URL(endSessionUrl));
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<html lang="de">')]);
  });

  it('the provider ends the session here when the person signs out there', async () => {
    const visitor = new Visitor();
    await visitor.signIn(`${house.url}/auth/login?returnTo=/start`, [password], `${house.url}/start`);
    expect(await session(visitor)).toMatchObject({ signedIn: true });
    await house.control('POST', '/identity/logout', { persona: 'aylin' });
    expect(await session(visitor)).toMatchObject({ signedIn: false });
  });

  it('nobody gets in with a wrong password', async () => {
    const visitor = new Visitor();
    const { url } = await visitor.follow(new URL(`${house.url}/auth/login`), `${house.url}/start`);
    const answer = await visitor.send(url, 'POST', new URLSearchParams({ login: 'aylin', password: 'guessed' }));
    expect([answer.status, visitor.cookies.get(house.url)!.has('__Host-saaltor')]).toEqual([401, false]);
  });

  it('whoever is no trusted proxy cannot choose the channel', async () => {
    const headers = { 'x-forwarded-host': 'portal.example', 'x-forwarded-proto': 'https' };
    const answer = await new Visitor().send(new URL('/auth/login', house.url), 'GET', undefined, headers);
    const location = new URL(answer.headers.get('location')!);
    expect(location.searchParams.get('redirect_uri')).toBe(`${house.url}/auth/callback`);
  });
});
