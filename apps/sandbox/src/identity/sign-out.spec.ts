import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startSandbox, type Sandbox } from '../start-sandbox.js';
import { Browser } from './testing/browser.js';
import { Channel } from './testing/channel.js';
import { askControl } from './testing/control.js';
import { LogoutReceiver } from './testing/logout-receiver.js';

let sandbox: Sandbox;
let portal: Channel;
let browser: Browser;
let receiver: LogoutReceiver;
beforeAll(async () => {
  sandbox = await startSandbox({ ports: 0 });
  portal = new Channel(sandbox.issuer);
});
afterAll(async () => await sandbox.close());
beforeEach(async () => {
  browser = new Browser(sandbox.issuer);
  receiver = new LogoutReceiver();
  await askControl(sandbox, 'PUT', '/identity/clients', { gatewayUrl: await receiver.open() });
});
afterEach(async () => await receiver.close());

async function logoutClaims(clientId = 'saaltor-portal') {
  const keys = createRemoteJWKSet(new URL(`${sandbox.issuer}/jwks`));
  const { payload } = await jwtVerify(receiver.tokens[0] ?? '', keys, {
    issuer: sandbox.issuer,
    audience: clientId,
    typ: 'logout+jwt',
    requiredClaims: ['iat', 'exp', 'jti', 'sub', 'sid'],
  });
  return payload;
}

describe('refresh tokens', () => {
  it('are given without offline_access and serve once: each gives another one, with the same sign-in', async () => {
    const first = await portal.signIn('aylin', { ask: { acr_values: 'urn:saaltor:mfa' } });
    const second = await portal.refresh(first.json['refresh_token']);
    expect(second.json['refresh_token']).not.toBe(first.json['refresh_token']);
    const { sid, auth_time: authTime, acr } = await portal.idClaims(first);
    expect(await portal.idClaims(second)).toMatchObject({ sub: 'aylin', sid, auth_time: authTime, acr });
    expect((await portal.refresh(second.json['refresh_token'])).status).toBe(200);
  });

  it('revoke their family when one comes again', async () => {
    const first = await portal.signIn('lena');
    const second = await portal.refresh(first.json['refresh_token']);
    expect((await portal.refresh(first.json['refresh_token'])).json['error']).toBe('invalid_grant');
    expect((await portal.refresh(second.json['refresh_token'])).json['error']).toBe('invalid_grant');
  });

  it('serve only one of those who come at the same moment', async () => {
    const { json } = await portal.signIn('lena');
    const answers = await Promise.all(Array.from({ length: 5 }, () => portal.refresh(json['refresh_token'])));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(4);
  });

  it('are of no use to another client', async () => {
    const { json } = await portal.signIn('lena');
    const counter = new Channel(sandbox.issuer, 'saaltor-counter');
    expect((await counter.refresh(json['refresh_token'])).json['error']).toBe('invalid_grant');
  });

  it('outlive a second sign-in with the same browser', async () => {
    const first = await portal.signIn('kim', { browser });
    await portal.signIn('kim', { browser, ask: { acr_values: 'urn:saaltor:mfa', max_age: '0' } });
    expect((await portal.refresh(first.json['refresh_token'])).status).toBe(200);
  });
});

describe('signing out at the end session endpoint', () => {
  const end = (parameters: Record<string, string>) => `/session/end?${new URLSearchParams(parameters)}`;
  const back = { client_id: 'saaltor-portal', post_logout_redirect_uri: 'http://127.0.0.1:4000/' };

  it('asks first, tells the channel, revokes the tokens and leads back', async () => {
    const answer = await portal.signIn('aylin', { browser });
    expect(await browser.open(end({ ...back, state: 'x' }))).toBeUndefined();
    expect(browser.html).toContain('Ja, abmelden');
    expect((await browser.submit({}, 'logout'))?.href).toBe('http://127.0.0.1:4000/?state=x');
    const { sid } = await portal.idClaims(answer);
    expect(await logoutClaims()).toMatchObject({
      sub: 'aylin',
      sid,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect((await portal.refresh(answer.json['refresh_token'])).json['error']).toBe('invalid_grant');
    expect(await browser.open(portal.authorizationUrl())).toBeUndefined();
  });

  it('has a page in German without script for those who are not signed in', async () => {
    expect(await browser.open(end(back))).toBeUndefined();
    expect(browser.html).toContain('<h1>Abgemeldet</h1>');
    expect(browser.html).not.toContain('<script');
    expect((await browser.submit({}, 'logout'))?.href).toBe('http://127.0.0.1:4000/');
  });

  it('leads back to registered addresses only', async () => {
    await browser.open(end({ ...back, post_logout_redirect_uri: 'https://elsewhere.example/' }));
    expect(browser.status).toBe(400);
  });
});

describe('signing somebody out by the control endpoint', () => {
  it('ends the sign-in, posts a logout token and revokes the tokens', async () => {
    const answer = await portal.signIn('mandy', { browser });
    const { sid } = await portal.idClaims(answer);
    const { json } = await askControl(sandbox, 'POST', '/identity/logout', { persona: 'mandy' });
    expect(json).toEqual({ notices: [{ client: 'saaltor-portal', sid, delivered: true }] });
    expect(await logoutClaims()).toMatchObject({ sub: 'mandy', sid });
    expect((await portal.refresh(answer.json['refresh_token'])).json['error']).toBe('invalid_grant');
    expect(await browser.open(portal.authorizationUrl())).toBeUndefined();
  });

  it('leaves everybody else signed in', async () => {
    const answer = await portal.signIn('karl', { browser });
    const { json } = await askControl(sandbox, 'POST', '/identity/logout', { persona: 'petra' });
    expect(json).toEqual({ notices: [] });
    expect((await portal.refresh(answer.json['refresh_token'])).status).toBe(200);
  });

  it('says so when the channel does not take the logout token', async () => {
    receiver.status = 400;
    await portal.signIn('uwe', { browser });
    const { json } = await askControl(sandbox, 'POST', '/identity/logout', { persona: 'uwe' });
    expect(json).toMatchObject({ notices: [{ delivered: false }] });
  });
});

describe('another person who signs in with the same browser', () => {
  it('signs the one before out, at the channels, too', async () => {
    const before = await portal.signIn('jana', { browser });
    await browser.open(portal.authorizationUrl({ prompt: 'login' }));
    const callback = await browser.submit({ login: 'minh', password: 'saaltor-minh' });
    const after = await portal.redeem(callback!);
    const [{ sid: sidBefore }, { sid, sub }] = [await portal.idClaims(before), await portal.idClaims(after)];
    expect(await logoutClaims()).toMatchObject({ sub: 'jana', sid: sidBefore });
    expect(sub).toBe('minh');
    expect(sid).not.toBe(sidBefore);
    expect((await portal.refresh(before.json['refresh_token'])).json['error']).toBe('invalid_grant');
    expect((await portal.refresh(after.json['refresh_token'])).status).toBe(200);
  });
});
