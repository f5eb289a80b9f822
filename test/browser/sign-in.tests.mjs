import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, COUNTER, fillPassword, OWN, PORTAL, send, sessionCookie, sessionOf, signIn, Stage } from './stage.mjs';

const AYLIN = 'Aylin Kaya-Größel';

describe('signing in with a browser', () => {
  /** @type {Stage} */
  let stage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage?.close());

  it('a customer signs in at the portal and an agent at the counter, side by side', async () => {
    const [portal, counter] = await Promise.all([stage.newPage(), stage.newPage()]);
    await signIn(portal, 'aylin');
    await signIn(counter, 'agent-energy-service', COUNTER);
    assert.deepEqual((await ask(portal)).data, { viewer: { kind: 'CUSTOMER' }, me: { name: AYLIN } });
    assert.equal((await ask(counter, OWN, '{ viewer { kind } }')).data.viewer.kind, 'AGENT');
    const { signedIn, channel } = await sessionOf(portal);
    assert.deepEqual([signedIn, channel], [true, 'portal']);
    const { kind, channel: other, subsidiary, role } = await sessionOf(counter);
    assert.deepEqual([kind, other, subsidiary, role], ['agent', 'counter', 'ENERGY', 'service']);
  });

  it('a customer does not get in at the counter', async () => {
    const page = await stage.newPage();
    await page.goto(`${COUNTER}/`);
    await page.getByRole('link', { name: 'Anmelden' }).click();
    await fillPassword(page, 'lena');
    await page.getByRole('heading', { name: 'Anmeldung nicht möglich' }).waitFor();
    assert.equal(await sessionCookie(page, COUNTER), undefined);
  });

  it('the graph answers the session with the header only, reads by GET included', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    const without = await ask(page, {});
    assert.deepEqual([without.status, without.data?.me ?? null], [403, null]);
    const query = `/graphql?query=${encodeURIComponent('{ me { name } }')}`;
    const preflight = { 'apollo-require-preflight': '1' };
    assert.equal((await send(page, query, { headers: preflight })).status, 403);
    assert.match((await send(page, query, { headers: { ...preflight, ...OWN } })).text, /Aylin/);
    assert.equal((await send(page, '/auth/session')).status, 403);
    assert.equal((await send(page, '/auth/logout', { method: 'POST' })).status, 403);
    assert.equal((await sessionOf(page)).signedIn, true);
  });

  it('scripts see neither a cookie nor a token, wherever they look', async () => {
    const page = await stage.newPage();
    const seen = [];
    page.on('response', (response) => {
      seen.push(response.url());
      if (response.url().startsWith(PORTAL)) seen.push(response.text().catch(() => ''));
    });
    await signIn(page, 'aylin');
    await ask(page);
    await sessionOf(page);
    const kept = await page.evaluate(async () => [
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      location.href,
      document.referrer,
      (await indexedDB.databases()).length,
    ]);
    assert.deepEqual(kept.slice(0, 3), ['', '{}', '{}']);
    assert.equal(kept[5], 0);
    assert.equal(kept[3], `${PORTAL}/start`);
    const all = [...(await Promise.all(seen)), ...kept].join('\n');
    assert.doesNotMatch(all, /eyJ[\w-]+\.[\w-]+\.|access_token|refresh_token|id_token=/);
  });

  it('the browser keeps the session as it should: for this host alone, out of reach, and under a new name each time', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    const cookie = await sessionCookie(page);
    const { domain, path, secure, httpOnly, sameSite, expires } = cookie;
    assert.deepEqual(
      { domain, path, secure, httpOnly, sameSite, expires },
      {
        domain: 'portal.stadt-beispiel.test',
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Strict',
        expires: -1,
      },
    );
    const names = (await page.context().cookies(PORTAL)).map(({ name }) => name);
    assert.deepEqual(names, ['__Host-saaltor']);
    await page.goto(`${PORTAL}/auth/login?returnTo=/start`);
    await page.waitForURL(`${PORTAL}/start`);
    assert.notEqual((await sessionCookie(page)).value, cookie.value);
    assert.equal((await sessionOf(page)).signedIn, true);
  });

  it('signing out ends it here and at the provider, which asks for the password again', async () => {
    const page = await stage.newPage();
    await signIn(page, 'karl');
    const left = await send(page, '/auth/logout', { method: 'POST', headers: OWN });
    const { endSessionUrl } = JSON.parse(left.text);
    assert.equal(await sessionCookie(page), undefined);
    assert.equal((await sessionOf(page)).signedIn, false);
    assert.equal((await ask(page, OWN, '{ viewer { kind } }')).data.viewer.kind, 'ANONYMOUS');
    await page.goto(endSessionUrl);
    await page.getByRole('button', { name: 'Ja, abmelden' }).click();
    await page.waitForURL(`${PORTAL}/`);
    await page.getByRole('link', { name: 'Anmelden' }).click();
    await page.getByLabel('Passwort').waitFor();
  });

  it('a second factor is asked for with the password, counts for five minutes, and renames the session', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    const former = await sessionCookie(page);
    assert.equal((await sessionOf(page)).stepUpUntil, null);
    await page.goto(`${PORTAL}/auth/step-up?returnTo=/start`);
    await fillPassword(page, 'aylin');
    await page.getByLabel('Code (6 Ziffern)').fill('123456');
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.waitForURL(`${PORTAL}/start`);
    const { stepUpUntil } = await sessionOf(page);
    const minutes = (Date.parse(stepUpUntil) - Date.now()) / 60_000;
    assert.ok(minutes > 3 && minutes <= 5.1, stepUpUntil);
    assert.notEqual((await sessionCookie(page)).value, former.value);
    // It is asked for anew each time, however fresh the last one is.
    await page.goto(`${PORTAL}/auth/step-up?returnTo=/start`);
    await page.getByLabel('Passwort').waitFor();
  });

  it('a step-up that is broken off leaves the session as it was', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    await page.goto(`${PORTAL}/auth/step-up?returnTo=/start`);
    await page.getByRole('button', { name: 'Abbrechen' }).click();
    await page.waitForURL(`${PORTAL}/start`);
    const { signedIn, stepUpUntil } = await sessionOf(page);
    assert.deepEqual([signedIn, stepUpUntil], [true, null]);
  });

  it('the provider ends the session behind the browser’s back', async () => {
    const page = await stage.newPage();
    await signIn(page, 'sabine');
    assert.equal((await sessionOf(page)).signedIn, true);
    const { notices } = await stage.control('/identity/logout', { persona: 'sabine' });
    assert.deepEqual(
      notices.map(({ client, delivered }) => [client, delivered]),
      [['saaltor-portal', true]],
    );
    assert.equal((await sessionOf(page)).signedIn, false);
    assert.equal((await ask(page)).errors[0].extensions.code, 'UNAUTHENTICATED');
  });

  it('whoever signs in as somebody else in the same browser signs the former out', async () => {
    const page = await stage.newPage();
    await signIn(page, 'jana');
    const former = await sessionCookie(page);
    await page.goto(`${PORTAL}/auth/step-up?returnTo=/start`);
    await fillPassword(page, 'otto');
    await page.getByLabel('Code (6 Ziffern)').fill('123456');
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByRole('heading', { name: 'Anmeldung nicht möglich' }).waitFor();
    await page.goto(`${PORTAL}/start`);
    assert.equal((await sessionCookie(page))?.value, former.value);
    assert.equal((await sessionOf(page)).signedIn, false);
  });

  it('works without script', async () => {
    const page = await stage.newPage({ javaScriptEnabled: false });
    await signIn(page, 'minh');
    assert.ok(await sessionCookie(page));
  });
});
