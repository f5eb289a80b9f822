import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pageOf } from './site.mjs';
import {
  ask,
  fillPassword,
  PORTAL,
  send,
  sessionCookie,
  sessionOf,
  SIBLING,
  signIn,
  Stage,
  STRANGER,
} from './stage.mjs';

const READ = `${PORTAL}/graphql?query=${encodeURIComponent('{ me { name } }')}`;

/** A form that sends itself, as any site may. */
const form = (action, type, field) =>
  pageOf(
    'Gewonnen!',
    `<form method="post" action="${action}" enctype="${type}"><input name='${field}' value="x"></form><script>document.forms[0].submit()</script>`,
  );

const FORMS = {
  '/graphql': form(`${PORTAL}/graphql`, 'text/plain', '{"query":"{ me { name } }","x":"'),
  '/graphql-form': form(`${PORTAL}/graphql`, 'application/x-www-form-urlencoded', 'query'),
  '/graphql-parts': form(`${PORTAL}/graphql`, 'multipart/form-data', 'query'),
  '/logout': form(`${PORTAL}/auth/logout`, 'application/x-www-form-urlencoded', 'x'),
};

describe('pages of other sites, in the browser of somebody who is signed in', () => {
  /** @type {Stage} */
  let stage;
  let victim;
  let name;

  before(async () => {
    stage = await Stage.open();
    stage.stranger.pages = FORMS;
    stage.sibling.pages = FORMS;
    victim = await stage.newPage();
    await signIn(victim, 'lena');
    name = (await ask(victim)).data.me.name;
  });
  after(() => stage?.close());
  beforeEach(() => {
    stage.portal.handedOn = [];
  });

  /** Whatever was tried: the session still serves its own page, and nobody else. */
  const unharmed = async () => {
    assert.ok(name.includes('Lena'), name);
    assert.equal((await ask(victim)).data.me.name, name);
  };
  const elsewhere = async (origin) => {
    const page = await victim.context().newPage();
    await page.goto(`${origin}/`);
    return page;
  };
  const withSession = () => stage.portal.handedOn.filter((request) => request.withSession).length;

  for (const [who, origin, sendsCookie] of [
    ['a stranger', STRANGER, false],
    ['a neighbour of the same site, to whom browsers lend the cookie,', SIBLING, true],
  ]) {
    for (const path of Object.keys(FORMS)) {
      it(`${who} posts the form ${path} in vain`, async () => {
        const page = await victim.context().newPage();
        const landed = page.waitForResponse((response) => response.url().startsWith(PORTAL));
        await page.goto(origin + path);
        const response = await landed;
        assert.ok([400, 401, 403, 415].includes(response.status()), String(response.status()));
        assert.equal(withSession() > 0, sendsCookie);
        await page.close();
        await unharmed();
      });
    }

    it(`${who} sends requests by script and learns nothing`, async () => {
      const page = await elsewhere(origin);
      const body = JSON.stringify({ query: '{ me { name } }' });
      const include = { credentials: 'include' };
      const simple = { method: 'POST', mode: 'no-cors', body, headers: { 'content-type': 'text/plain' }, ...include };
      assert.equal((await send(page, `${PORTAL}/graphql`, { ...simple })).text ?? '', '');
      const own = { 'content-type': 'application/json', 'x-saaltor': '1' };
      assert.match(
        (await send(page, `${PORTAL}/graphql`, { method: 'POST', body, headers: own, ...include })).failed,
        /Failed/,
      );
      assert.match((await send(page, READ, include)).failed, /Failed/);
      assert.match(
        (await send(page, `${PORTAL}/auth/session`, { headers: { 'x-saaltor': '1' }, ...include })).failed,
        /Failed/,
      );
      assert.match(
        (await send(page, `${PORTAL}/auth/logout`, { method: 'POST', mode: 'no-cors', ...include })).failed ?? 'Failed',
        /Failed/,
      );
      // Those with the header were never sent: the browser asked first and was not told yes.
      const asked = stage.portal.handedOn.map(({ method, path }) => `${method} ${path}`);
      assert.ok(asked.includes('OPTIONS /graphql') && asked.includes('OPTIONS /auth/session'), asked.join());
      assert.ok(!asked.includes('GET /auth/session'), asked.join());
      await page.close();
      await unharmed();
    });

    it(`${who} cannot frame, load or open what belongs to the session`, async () => {
      const page = await elsewhere(origin);
      const loads = await page.evaluate(
        async ([read, session]) => {
          const attempt = (tag, source) =>
            new Promise((resolve) => {
              const element = Object.assign(document.createElement(tag), { src: source });
              element.addEventListener('load', () => resolve('loaded'));
              element.addEventListener('error', () => resolve('failed'));
              document.body.append(element);
            });
          return Promise.all([attempt('img', read), attempt('script', read), attempt('script', session)]);
        },
        [READ, `${PORTAL}/auth/session`],
      );
      assert.deepEqual(loads, ['failed', 'failed', 'failed']);
      const refused = page.waitForEvent('requestfailed', (request) => request.isNavigationRequest());
      await page.evaluate((source) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src: source }));
      }, `${PORTAL}/auth/callback`);
      assert.equal((await refused).failure().errorText, 'net::ERR_BLOCKED_BY_RESPONSE');
      const opened = await page.goto(READ);
      assert.ok(opened.status() >= 400, String(opened.status()));
      assert.doesNotMatch(await opened.text(), new RegExp(name));
      await page.close();
      await unharmed();
    });
  }

  it('a neighbour cannot plant a session or a sign-in of its own', async () => {
    const page = await elsewhere(SIBLING);
    const kept = await page.evaluate(() => {
      for (const cookie of ['__Host-saaltor', '__Host-saaltor-login']) {
        document.cookie = `${cookie}=planted; domain=stadt-beispiel.test; path=/; secure`;
        document.cookie = `${cookie}=planted; path=/auth; domain=stadt-beispiel.test; secure`;
      }
      return document.cookie;
    });
    assert.equal(kept, '');
    await page.close();
    await unharmed();
  });

  it('nobody is signed in with an answer that another browser asked for', async () => {
    const attacker = await stage.newPage();
    stage.portal.pages['/auth/callback'] = pageOf('Abgefangen');
    await attacker.goto(`${PORTAL}/auth/login`);
    await fillPassword(attacker, 'karl');
    await attacker.getByRole('heading', { name: 'Abgefangen' }).waitFor();
    const answer = attacker.url();
    delete stage.portal.pages['/auth/callback'];
    const page = await stage.newPage();
    await page.goto(answer);
    await page.getByRole('heading', { name: 'Anmeldung nicht möglich' }).waitFor();
    assert.equal(await sessionCookie(page), undefined);
    await victim.goto(`${PORTAL}/start`);
    const other = await victim.context().newPage();
    await other.goto(answer);
    await other.close();
    assert.equal((await sessionOf(victim)).signedIn, true);
    await unharmed();
  });

  it('a link of another site opens the channel, and the channel’s own script is still signed in', async () => {
    const page = await elsewhere(STRANGER);
    await page.evaluate((address) => {
      document.body.innerHTML = `<a href="${address}">weiter</a>`;
    }, `${PORTAL}/start`);
    await page.getByRole('link').click();
    await page.waitForURL(`${PORTAL}/start`);
    assert.equal((await sessionOf(page)).signedIn, true);
    await page.close();
  });
});
