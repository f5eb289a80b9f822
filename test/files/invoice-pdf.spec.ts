import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser, CHANNEL_ENVIRONMENT, OWN } from '../auth/browser.js';
import { AGENT, CounterStage } from '../auth/counter-stage.js';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import { MovingClock } from '../auth/moving-clock.js';
import { openHouse, type GraphAnswer, type House } from '../harness.js';

const DOCUMENTS = `{ me { energy { invoices(first: 1) { nodes {
  number document { id name mediaType sizeBytes link { url expiresAt } } } } } } }`;

interface Shown {
  readonly number: string;
  readonly document: { id: string; name: string; mediaType: string; link: { url: string; expiresAt: string } };
}

function shownIn({ data, errors }: GraphAnswer): Shown {
  expect(errors).toEqual([]);
  const { me } = data as { me: { energy: { invoices: { nodes: Shown[] } } } };
  return me.energy.invoices.nodes[0]!;
}

async function codeOf(response: Response): Promise<unknown[]> {
  return [response.status, ((await response.json()) as { code: string }).code];
}

describe('the PDF of an invoice, for an app that signs in by token', () => {
  const clock = new MovingClock();
  const stage = new CounterStage();
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock, arrange: stage.arrange });
  }, 60_000);
  afterAll(() => house?.close());

  const shown = async (persona: string): Promise<Shown> =>
    shownIn(await house.graphql({ query: DOCUMENTS }, { persona, headers: { prefer: 'wait=10' } }));
  const bearer = async (persona: string) => ({ authorization: `Bearer ${await house.token(persona)}` });

  it('opens without a header, with all that keeps it from being stored or guessed', async () => {
    const { number, document } = await shown('aylin');
    expect(document).toMatchObject({ name: `Rechnung-${number}.pdf`, mediaType: 'application/pdf', sizeBytes: null });
    const left = Date.parse(document.link.expiresAt) - clock.now();
    expect(left).toBeGreaterThan(30_000);
    expect(left).toBeLessThanOrEqual(60_000);
    const file = await house.get(document.link.url);
    expect(file.status).toBe(200);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="Rechnung-${number}.pdf"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(await file.text()).toMatch(new RegExp(`^%PDF-[^]*Rechnung ${number}`));
  });

  it('is nobody else’s: with other credentials it is as if it did not exist', async () => {
    const { document } = await shown('aylin');
    expect((await house.get(document.link.url, await bearer('aylin'))).status).toBe(200);
    expect(await codeOf(await house.get(document.link.url, await bearer('lena')))).toEqual([404, 'NOT_FOUND']);
    const agent = { [AGENT]: 'counter-anna ENERGY' };
    expect(await codeOf(await house.get(document.link.url, agent))).toEqual([404, 'NOT_FOUND']);
  });

  it('cannot be turned into another invoice’s, or be made up', async () => {
    const [aylin, lena] = [(await shown('aylin')).document.link.url, (await shown('lena')).document.link.url];
    const [text] = aylin.split('.');
    const [, mac] = lena.split('.');
    for (const url of [`${text}.${mac}`, text!, '/files', '/files?key=', `${aylin}&${aylin.split('?')[1]}`]) {
      expect(await codeOf(await house.get(url))).toEqual([404, 'NOT_FOUND']);
    }
  });

  it('names no person in its address', async () => {
    const { document } = await shown('aylin');
    const text = document.link.url.split('key=')[1]!.split('.')[0]!;
    expect(Buffer.from(text, 'base64url').toString('utf8')).not.toMatch(/aylin|Kaya/i);
  });

  it('ends after a minute', async () => {
    const { document } = await shown('aylin');
    clock.pass(59_000 - 5_000);
    expect((await house.get(document.link.url)).status).toBe(200);
    clock.pass(6_000);
    expect(await codeOf(await house.get(document.link.url))).toEqual([404, 'NOT_FOUND']);
  });

  it('ends with the consent, however young it is', async () => {
    const persona = 'mandy';
    const { document } = await shown(persona);
    const withdraw = `mutation { withdrawConsent(purpose: JOINT_PORTAL, subsidiaries: [ENERGY]) { __typename } }`;
    const { errors } = await house.graphql({ query: withdraw }, { persona });
    expect(errors).toEqual([]);
    expect(await codeOf(await house.get(document.link.url))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('the PDF of an invoice, in a browser', () => {
  const clock = new MovingClock();
  let provider: FakeProvider;
  let house: House;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    const environment = { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    house = await openHouse({ clock, environment });
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });

  const signedIn = async (sub: string): Promise<Browser> => {
    const browser = new Browser(house);
    await browser.signIn(provider, { sub, sid: `sid-${Math.random()}` });
    return browser;
  };
  const urlFor = async (browser: Browser): Promise<string> => {
    const headers = { ...browser.headers(), ...OWN, prefer: 'wait=10' };
    return shownIn(await house.graphql({ query: DOCUMENTS }, { headers })).document.link.url;
  };

  it('opens with the cookie alone, as a link or a viewer asks', async () => {
    const browser = await signedIn('aylin');
    const file = await browser.go(await urlFor(browser), { 'sec-fetch-site': 'same-origin' });
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('opens in no other session, not even one of the same person, and not without one', async () => {
    const browser = await signedIn('aylin');
    const url = await urlFor(browser);
    const others = [await signedIn('aylin'), await signedIn('lena'), new Browser(house)];
    for (const other of others) expect(await codeOf(await other.go(url))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await browser.go(url, { 'sec-fetch-site': 'cross-site' }))).toEqual([404, 'NOT_FOUND']);
  });

  it('ends with the session', async () => {
    const browser = await signedIn('aylin');
    const url = await urlFor(browser);
    const cookies = [...browser.cookies];
    await browser.go('/auth/logout', OWN, 'POST');
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect(await codeOf(await browser.go(url))).toEqual([404, 'NOT_FOUND']);
  });
});
