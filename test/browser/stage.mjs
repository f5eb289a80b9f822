import { makeCertificate } from './certificate.mjs';
import { openChromium } from './chromium.mjs';
import { pageOf, Site } from './site.mjs';

/** Two channels that share no more than the gateway behind them: not even a registrable domain. */
export const PORTAL = 'https://portal.stadt-beispiel.test';
export const COUNTER = 'https://schalter.gruppe-beispiel.test';
/** Somebody else's site, and one of the town's own beside the portal: browsers call the latter same-site. */
export const STRANGER = 'https://gewinnspiel.fremde.test';
export const SIBLING = 'https://blog.stadt-beispiel.test';

const WAIT_MS = 20_000;
const WELCOME = pageOf('Willkommen', '<a href="/auth/login?returnTo=/start">Anmelden</a>');
const ASK = '{ viewer { kind } me { name } }';

/** What a channel's own script sends with everything. */
export const OWN = { 'x-saaltor': '1' };

/** A Chromium before two channels and two sites of others; the gateway and its sandbox run already. */
export class Stage {
  static async open() {
    const stage = new Stage();
    const gatewayUrl = process.env['GATEWAY_URL'];
    const hosts = [PORTAL, COUNTER, STRANGER, SIBLING].map((origin) => new URL(origin).host);
    const certificate = makeCertificate(hosts);
    const sites = hosts.map((host, index) => {
      const isChannel = index < 2;
      return new Site({ host, ...(isChannel && { gatewayUrl, pages: { '/': WELCOME } }) }).open(certificate);
    });
    [stage.portal, stage.counter, stage.stranger, stage.sibling] = await Promise.all(sites);
    stage.sites = [stage.portal, stage.counter, stage.stranger, stage.sibling];
    stage.chromium = await openChromium(new Map(stage.sites.map(({ host, port }) => [host, port])));
    return stage;
  }

  async close() {
    await this.chromium?.close();
    await Promise.all(this.sites.map((site) => site.close()));
  }

  /** A browser of its own, with nothing in it: one person's. */
  async newPage(options = {}) {
    const context = await this.chromium.newContext({ ignoreHTTPSErrors: true, locale: 'de-DE', ...options });
    context.setDefaultTimeout(WAIT_MS);
    return context.newPage();
  }

  /** Gives the sandbox's control endpoint an order. */
  async control(path, order) {
    const answer = await fetch(process.env['SANDBOX_URL'] + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    if (!answer.ok) throw new Error(`the sandbox refuses ${path}: ${await answer.text()}`);
    return answer.json();
  }
}

/** Goes to a channel, from there to the identity provider, and comes back signed in. */
export async function signIn(page, person, origin = PORTAL) {
  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: 'Anmelden' }).click();
  await fillPassword(page, person);
  await page.waitForURL(`${origin}/start`);
}

export async function fillPassword(page, person) {
  await page.getByLabel('Name der Person').fill(person);
  await page.getByLabel('Passwort').fill(`saaltor-${person}`);
  await page.getByRole('button', { name: 'Anmelden' }).click();
}

/** A request by the script of the page. @returns status and text, or what the browser says of its failure */
export function send(page, url, init = {}) {
  return page.evaluate(
    async ([address, options]) => {
      try {
        const answer = await fetch(address, options);
        return { type: answer.type, status: answer.status, text: await answer.text() };
      } catch (error) {
        return { failed: String(error) };
      }
    },
    [url, init],
  );
}

/** What the channel's script is told of the session. */
export async function sessionOf(page) {
  return JSON.parse((await send(page, '/auth/session', { headers: OWN })).text);
}

/** Asks the graph as the channel's script does. @returns status and parsed answer */
export async function ask(page, headers = OWN, query = ASK) {
  const body = JSON.stringify({ query });
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  const { status, text } = await send(page, '/graphql', init);
  return { status, ...JSON.parse(text) };
}

/** The session's cookie as the browser keeps it. */
export async function sessionCookie(page, origin = PORTAL) {
  return (await page.context().cookies(origin)).find(({ name }) => name === '__Host-saaltor');
}
