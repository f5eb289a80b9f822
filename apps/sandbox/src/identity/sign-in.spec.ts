import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { Browser } from './testing/browser.js';
import { accessClaims, Channel } from './testing/channel.js';

let sandbox: Sandbox;
let portal: Channel;
let counter: Channel;
let browser: Browser;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0, redirectOrigins: ['https://portal.example.test'] });
  portal = new Channel(sandbox.issuer);
  counter = new Channel(sandbox.issuer, 'saaltor-counter');
});
afterAll(async () => await sandbox.close());

async function openForm(channel = portal, ask: Record<string, string> = {}): Promise<void> {
  browser = new Browser(sandbox.issuer);
  expect(await browser.open(channel.authorizationUrl(ask))).toBeUndefined();
}

const MFA = { acr_values: 'urn:saaltor:mfa', max_age: '0' };

describe('signing in with a browser', () => {
  it('leads through the page to a code with state and issuer, and to tokens', async () => {
    await openForm();
    const callback = await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    expect(callback?.searchParams.get('state')).toBe('some-state');
    expect(callback?.searchParams.get('iss')).toBe(sandbox.issuer);
    const answer = await portal.redeem(callback!);
    expect(await accessClaims(sandbox.issuer, answer.json['access_token'])).toMatchObject({
      sub: 'aylin',
      client_id: 'saaltor-portal',
      auth_time: expect.any(Number),
    });
    expect(await portal.idClaims(answer)).toMatchObject({
      sub: 'aylin',
      nonce: 'some-nonce',
      sid: expect.stringMatching(/./),
      auth_time: expect.any(Number),
      amr: ['pwd'],
    });
  });

  it('tells the counter in both tokens where an agent works', async () => {
    const answer = await counter.signIn('agent-housing-service');
    const post = { saaltor_agent: { subsidiary: 'HOUSING', role: 'service' } };
    expect(await counter.idClaims(answer)).toMatchObject({ sub: 'agent-housing-service', ...post });
    expect(await accessClaims(sandbox.issuer, answer.json['access_token'])).toMatchObject(post);
  });

  it('has a page in German whose fields have labels and which wants no script', async () => {
    await openForm();
    expect(browser.html).toContain('<html lang="de">');
    expect(browser.html).toContain('<label for="login">');
    expect(browser.html).toContain('<label for="password">');
    expect(browser.html).not.toContain('<script');
  });

  it('says in the page that name or password is wrong and escapes what was typed', async () => {
    await openForm();
    await browser.submit({ login: '"><script>', password: 'x' });
    expect(browser.status).toBe(401);
    expect(browser.html).toContain('role="alert"');
    expect(browser.html).not.toContain('<script>');
    expect(await browser.submit({ login: 'lena', password: 'saaltor-lena' })).toBeInstanceOf(URL);
  });

  it('tells the application when the person gives up', async () => {
    await openForm();
    const callback = await browser.submit({}, 'cancel');
    expect(callback?.searchParams.get('error')).toBe('access_denied');
    expect(callback?.searchParams.get('iss')).toBe(sandbox.issuer);
  });

  it('does not ask again whoever is signed in', async () => {
    await openForm();
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    expect(await browser.open(portal.authorizationUrl())).toBeInstanceOf(URL);
    expect(await browser.open(portal.authorizationUrl({ prompt: 'none' }))).toBeInstanceOf(URL);
  });

  it('does not take a customer for an agent without asking, and lets another person sign in', async () => {
    await openForm();
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    expect(await browser.open(counter.authorizationUrl())).toBeUndefined();
    const callback = await browser.submit({ login: 'agent-energy-service', password: 'saaltor-agent-energy-service' });
    expect(await counter.idClaims(await counter.redeem(callback!))).toMatchObject({ sub: 'agent-energy-service' });
  });

  it('redirects to further origins that were named, and to exactly the addresses that are registered', async () => {
    await openForm(new Channel(sandbox.issuer, 'saaltor-portal', 'https://portal.example.test'));
    expect(browser.status).toBe(200);
    const registered = 'http://127.0.0.1:4000/auth/callback';
    for (const redirect of [
      'https://elsewhere.example/',
      `${registered}/`,
      `${registered}?x=1`,
      `${registered}/../x`,
    ]) {
      const url = portal.authorizationUrl({ redirect_uri: redirect });
      expect((await fetch(url, { redirect: 'manual' })).status).toBe(400);
    }
  });

  it('refuses to start without PKCE', async () => {
    const url = portal.authorizationUrl();
    url.searchParams.delete('code_challenge');
    const refused = await fetch(url, { redirect: 'manual' });
    expect(new URL(refused.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
  });

  it('revokes what a code gave when the code comes again', async () => {
    await openForm();
    const callback = await browser.submit({ login: 'lena', password: 'saaltor-lena' });
    const first = await portal.redeem(callback!);
    expect((await portal.redeem(callback!)).json['error']).toBe('invalid_grant');
    expect((await portal.refresh(first.json['refresh_token'])).json['error']).toBe('invalid_grant');
  });

  it('has a page for a sign-in that it does not know', async () => {
    const response = await fetch(`${sandbox.issuer}/interaction/unknown`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('abgelaufen');
  });
});

describe('the second factor', () => {
  it('is asked for on a page of its own, which tells the code, and stands in the tokens', async () => {
    await openForm(portal, MFA);
    expect(await browser.submit({ login: 'aylin', password: 'saaltor-aylin' })).toBeUndefined();
    expect(browser.html).toContain('<label for="code">');
    expect(browser.html).toContain('123456');
    const answer = await portal.redeem((await browser.submit({ code: '123 456' }))!);
    expect(await portal.idClaims(answer)).toMatchObject({ acr: 'urn:saaltor:mfa', amr: ['pwd', 'otp', 'mfa'] });
    expect(await accessClaims(sandbox.issuer, answer.json['access_token'])).toMatchObject({
      acr: 'urn:saaltor:mfa',
      auth_time: expect.any(Number),
    });
  });

  it('is not passed by a wrong code, however often', async () => {
    await openForm(portal, MFA);
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    for (const code of ['', '000000', '1234567']) {
      expect(await browser.submit({ code })).toBeUndefined();
      expect(browser.status).toBe(401);
      expect(browser.html).toContain('role="alert"');
    }
  });

  it('is not passed by sending the code in place of the password', async () => {
    await openForm(portal, MFA);
    expect(await browser.submit({ login: 'aylin', password: 'x', code: '123456' })).toBeUndefined();
    expect(browser.html).toContain('<label for="password">');
  });

  it('is asked for alone when only that is missing', async () => {
    await openForm();
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    expect(await browser.open(portal.authorizationUrl({ acr_values: 'urn:saaltor:mfa' }))).toBeUndefined();
    expect(browser.html).toContain('<label for="code">');
    const answer = await portal.redeem((await browser.submit({ code: '123456' }))!);
    expect(await portal.idClaims(answer)).toMatchObject({ sub: 'aylin', acr: 'urn:saaltor:mfa' });
  });

  it('with max_age=0 asks for the password, too, even within the same second', async () => {
    await openForm(portal, MFA);
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    await browser.submit({ code: '123456' });
    expect(await browser.open(portal.authorizationUrl(MFA))).toBeUndefined();
    expect(browser.html).toContain('<label for="password">');
    expect(browser.html).toContain('value="aylin"');
  });

  it('is gone after a sign-in without it', async () => {
    await openForm(portal, MFA);
    await browser.submit({ login: 'aylin', password: 'saaltor-aylin' });
    await browser.submit({ code: '123456' });
    const answer = await portal.signIn('aylin', { browser, ask: { prompt: 'login' } });
    expect(await portal.idClaims(answer)).not.toHaveProperty('acr');
  });
});
