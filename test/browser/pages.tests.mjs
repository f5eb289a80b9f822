import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { fillPassword, OWN, PORTAL, send, signIn, Stage } from './stage.mjs';

/** Conformance levels A and AA of WCAG 2.0 to 2.2. */
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The width at which nothing may have to be scrolled sideways (WCAG 1.4.10). */
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 800 };
/** A folder for pictures of the pages, for people to look at. */
const { SCREENSHOTS: folder } = process.env;

/** What a partner's program sends the browser to. */
const CONSENT = `${PORTAL}/partner/oauth/auth?${new URLSearchParams({
  client_id: 'stadtbus-app',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1:4500/callback',
  scope: 'openid transit.tickets:read',
  state: 'some-state',
  code_challenge: createHash('sha256').update('a'.repeat(43)).digest('base64url'),
  code_challenge_method: 'S256',
})}`;

describe('the pages of sign-in and consent', () => {
  /** @type {Stage} */
  let stage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage?.close());

  /** No rule of axe is broken, nothing is cut off on a narrow screen, and the keyboard reaches everything in order. */
  const check = async (page, title) => {
    await page.setViewportSize(WIDE);
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${title.replaceAll(/\W+/g, '-')}.png`) });
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate(
      (values) => window.axe.run(document, { runOnly: { type: 'tag', values } }),
      LEVELS,
    );
    assert.ok(passes.length > 5, 'axe has looked at nothing');
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      [],
    );
    await page.setViewportSize(NARROW);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= NARROW.width, `${width} px wide`);
    assert.deepEqual(await reachable(page), await focusable(page));
  };
  const focusable = (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, input:not([type=hidden])')].map(
        (element) => element.textContent.trim() || element.id,
      ),
    );
  const reachable = async (page) => {
    const found = [];
    await page.evaluate(() => document.activeElement?.blur());
    for (const _ of await focusable(page)) {
      await page.keyboard.press('Tab');
      found.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          const { outlineStyle } = getComputedStyle(element);
          return outlineStyle === 'none' ? 'focus cannot be seen' : element.textContent.trim() || element.id;
        }),
      );
    }
    return found;
  };

  it('signing in, with a wrong password, too', async () => {
    const page = await stage.newPage();
    await page.goto(`${PORTAL}/auth/login`);
    await check(page, 'Anmelden');
    await page.getByLabel('Name der Person').fill('aylin');
    await page.getByLabel('Passwort').fill('falsch');
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'Anmelden');
  });

  it('the second factor, with a wrong code, too', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    await page.goto(`${PORTAL}/auth/step-up`);
    await fillPassword(page, 'aylin');
    await check(page, 'Code eingeben');
    await page.getByLabel('Code (6 Ziffern)').fill('000000');
    await page.getByRole('button', { name: 'Weiter' }).click();
    await page.getByRole('alert').waitFor();
    await check(page, 'Code eingeben');
  });

  it('signing out', async () => {
    const page = await stage.newPage();
    await signIn(page, 'aylin');
    const { text } = await send(page, '/auth/logout', { method: 'POST', headers: OWN });
    const { endSessionUrl } = JSON.parse(text);
    await page.goto(endSessionUrl);
    await check(page, 'Abmelden');
    await page.getByRole('button', { name: 'Ja, abmelden' }).click();
    await page.waitForURL(`${PORTAL}/`);
    await page.goto(endSessionUrl);
    await check(page, 'Abgemeldet');
  });

  it('a sign-in that did not work, in each language', async () => {
    for (const [locale, title] of [
      ['de', 'Anmeldung nicht möglich'],
      ['de-simple', 'Die Anmeldung hat nicht geklappt'],
      ['en-GB', 'Sign-in not possible'],
    ]) {
      const page = await stage.newPage({ locale });
      await page.goto(`${PORTAL}/auth/callback?code=x&state=y`);
      await check(page, title);
    }
  });

  it('a partner’s question, which leads through the sign-in and back, and what refusing leads to', async () => {
    const page = await stage.newPage();
    let back;
    await page.route('http://127.0.0.1:4500/**', (route) => {
      back = new URL(route.request().url());
      return route.fulfill({ body: 'angekommen' });
    });
    await page.goto(CONSENT);
    await fillPassword(page, 'aylin');
    await check(page, 'Darf Stadtbus-App (erfunden) auf Ihre Angaben zugreifen?');
    await page.getByRole('button', { name: 'Nein, ablehnen' }).click();
    await page.getByText('angekommen').waitFor();
    assert.deepEqual([back.searchParams.get('error'), back.searchParams.get('code')], ['access_denied', null]);
    await page.goto(CONSENT);
    await page.getByRole('button', { name: 'Ja, erlauben' }).click();
    await page.getByText('angekommen').waitFor();
    assert.ok(back.searchParams.get('code'));
    await page.goto(`${PORTAL}/partner/oauth/interaction/unknown?weiter=1`);
    await check(page, 'Anfrage abgelaufen');
  });
});
