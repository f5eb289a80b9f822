import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { settle, TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import { FakeSap, fixture, isSignIn, jsonAnswer, pageAnswer, sessionAnswer } from '../../../fixtures/fake-sap.js';
import { SapSession } from './sap-session.js';

const credentials = { user: 'TOR', password: 'offen' };
const request: HttpRequest = { method: 'GET', path: '/x' };
const call = { signal: new AbortController().signal };
const logon = pageAnswer(fixture('logon.answer.html'));

/** A system whose first session is dead from the beginning and whose second one lives. */
function sapWithExpiredSession(expired: HttpResponse): FakeSap {
  let session = 0;
  return new FakeSap((sent) => {
    if (isSignIn(sent)) return sessionAnswer(`SAP_SESSIONID=${(session += 1)}`);
    return sent.headers?.['cookie']?.startsWith('SAP_SESSIONID=1') ? expired : jsonAnswer('{"d":1}');
  });
}

function hangUntilAborted(signal: AbortSignal): Promise<HttpResponse> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

describe('SapSession', () => {
  it('signs in once for requests that start together and sends no password after that', async () => {
    const sap = new FakeSap((sent) => (isSignIn(sent) ? sessionAnswer() : jsonAnswer('{"d":1}')));
    const session = new SapSession(sap, credentials, new TestClock());
    await Promise.all([session.send(request, call), session.send(request, call), session.send(request, call)]);
    expect(sap.signIns).toBe(1);
    expect(sap.requests.filter((sent) => !isSignIn(sent)).map(({ headers }) => headers)).toEqual(
      Array.from({ length: 3 }, () => ({ cookie: 'SAP_SESSIONID_SWE_100=fixture; sap-usercontext=sap-client=100' })),
    );
  });

  it.each([
    ['a logon page with status 200', logon],
    ['401', jsonAnswer('{}', 401)],
    ['a redirect to a logon page', pageAnswer('', 302)],
  ])('signs in once more after %s, once for all who noticed', async (_, expired) => {
    const sap = sapWithExpiredSession(expired);
    const session = new SapSession(sap, credentials, new TestClock());
    const answers = await Promise.all([session.send(request, call), session.send(request, call)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(sap.signIns).toBe(2);
  });

  it('gives the logon page back when a fresh session is refused as well, and starts anew next time', async () => {
    const sap = new FakeSap((sent) => (isSignIn(sent) ? sessionAnswer() : logon));
    const session = new SapSession(sap, credentials, new TestClock());
    expect(await session.send(request, call)).toBe(logon);
    expect(sap.signIns).toBe(2);
    await session.send(request, call);
    expect(sap.signIns).toBe(4);
  });

  it('keeps cookies that SAP changes on the way', async () => {
    let sent = 0;
    const sap = new FakeSap((each) => {
      sent += 1;
      return isSignIn(each) ? sessionAnswer() : { ...jsonAnswer('{}'), headers: { 'set-cookie': `a=${sent}` } };
    });
    const session = new SapSession(sap, credentials, new TestClock());
    await session.send(request, call);
    await session.send(request, call);
    expect(sap.requests.at(-1)?.headers?.['cookie']).toMatch(/; a=2$/);
  });

  it('does not repeat a refused password for a minute, so that SAP does not lock the user', async () => {
    const sap = new FakeSap(() => jsonAnswer('{}', 401));
    const clock = new TestClock();
    const session = new SapSession(sap, credentials, clock);
    const failure = { code: 'UPSTREAM_UNAVAILABLE' };
    await expect(session.send(request, call)).rejects.toMatchObject(failure);
    await expect(session.send(request, call)).rejects.toMatchObject({ ...failure, details: { retryAfterSeconds: 60 } });
    expect(sap.signIns).toBe(1);
    await clock.advance(60_000);
    await expect(session.send(request, call)).rejects.toMatchObject(failure);
    expect(sap.signIns).toBe(2);
  });

  it.each([
    ['an outage', jsonAnswer('{}', 503)],
    ['no cookie', jsonAnswer('{}')],
  ])('tries again at the next request when signing in met %s', async (_, answer) => {
    let first = true;
    const sap = new FakeSap((sent) => {
      if (!isSignIn(sent)) return jsonAnswer('{}');
      const now = first ? answer : sessionAnswer();
      first = false;
      return now;
    });
    const session = new SapSession(sap, credentials, new TestClock());
    await expect(session.send(request, call)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await session.send(request, call)).toMatchObject({ status: 200 });
  });

  it('lets one request go at its own deadline while the sign-in goes on for the others', async () => {
    const gate = new EventEmitter();
    const signIn = once(gate, 'open').then(() => sessionAnswer());
    const sap = new FakeSap((sent) => (isSignIn(sent) ? signIn : jsonAnswer('{}')));
    const session = new SapSession(sap, credentials, new TestClock());
    const impatient = new AbortController();
    const given = session.send(request, { signal: impatient.signal });
    const patient = session.send(request, call);
    impatient.abort(new AppError('UPSTREAM_TIMEOUT', 'deadline'));
    await expect(given).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    gate.emit('open');
    expect(await patient).toMatchObject({ status: 200 });
    expect(sap.signIns).toBe(1);
  });

  it('ends a sign-in that hangs', async () => {
    const sap = new FakeSap((_, { signal }) => hangUntilAborted(signal));
    const clock = new TestClock();
    const outcome = new SapSession(sap, credentials, clock).send(request, call).catch((error: unknown) => error);
    await settle();
    await clock.advance(4000);
    expect(await outcome).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });
});
