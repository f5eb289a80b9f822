import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { settle, TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import {
  FakeSap,
  fixture,
  isSignIn,
  jsonAnswer,
  pageAnswer,
  sessionAnswer,
  tokenRefused,
} from '../../../fixtures/fake-sap.js';
import { SapSession } from './sap-session.js';

const credentials = { user: 'TOR', password: 'offen' };
const request: HttpRequest = { method: 'POST', path: '/x', headers: { accept: 'a' }, body: '{}' };
const call = { signal: new AbortController().signal };
const logon = pageAnswer(fixture('logon.answer.html'));

/** A system that gives tokens `t1`, `t2`, … and takes changes only with those that are not `stale`. */
function sapWithTokens(turnedAway: HttpResponse, ...stale: readonly string[]): FakeSap {
  let session = 0;
  return new FakeSap((sent) => {
    if (isSignIn(sent)) return sessionAnswer(`SAP_SESSIONID=${(session += 1)}`, `t${session}`);
    return stale.includes(sent.headers?.['x-csrf-token'] ?? '') ? turnedAway : jsonAnswer('{"d":{}}', 201);
  });
}

const changesOf = (sap: FakeSap): HttpRequest[] => sap.requests.filter(({ method }) => method === 'POST');

describe('a change in a session', () => {
  it('carries the token that came with the session, for all changes together', async () => {
    const sap = sapWithTokens(logon);
    const session = new SapSession(sap, credentials, new TestClock());
    await Promise.all([session.write(request, call), session.write(request, call)]);
    expect(sap.signIns).toBe(1);
    expect(changesOf(sap)).toEqual(
      Array.from({ length: 2 }, () => ({
        ...request,
        headers: { accept: 'a', 'x-csrf-token': 't1', cookie: 'SAP_SESSIONID=1; sap-usercontext=sap-client=100' },
      })),
    );
  });

  it.each([
    ['a refused token', tokenRefused()],
    ['a logon page with status 200', logon],
    ['401', jsonAnswer('{}', 401)],
  ])('is sent once more after %s, with a fresh token for all who noticed', async (_, turnedAway) => {
    const sap = sapWithTokens(turnedAway, 't1');
    const session = new SapSession(sap, credentials, new TestClock());
    const answers = await Promise.all([session.write(request, call), session.write(request, call)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(sap.signIns).toBe(2);
    expect(changesOf(sap).map(({ headers }) => headers?.['x-csrf-token'])).toEqual(['t1', 't1', 't2', 't2']);
  });

  it('is sent exactly twice when the fresh token is refused too, and starts anew next time', async () => {
    const sap = sapWithTokens(tokenRefused(), 't1', 't2');
    const session = new SapSession(sap, credentials, new TestClock());
    expect(await session.write(request, call)).toMatchObject({ status: 403 });
    expect(changesOf(sap)).toHaveLength(2);
    expect(await session.write(request, call)).toMatchObject({ status: 201 });
  });

  it('is not repeated for a 403 that does not speak of the token, nor for any other answer', async () => {
    for (const status of [400, 403, 500, 503]) {
      const sap = new FakeSap((sent) => (isSignIn(sent) ? sessionAnswer() : jsonAnswer('{}', status)));
      expect(await new SapSession(sap, credentials, new TestClock()).write(request, call)).toMatchObject({ status });
      expect(changesOf(sap)).toHaveLength(1);
    }
  });

  it('is not repeated when the connection breaks, and the error does not say that it was not sent', async () => {
    const sap = new FakeSap((sent) => {
      if (isSignIn(sent)) return sessionAnswer();
      throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
    });
    const outcome = new SapSession(sap, credentials, new TestClock()).write(request, call);
    const error = await outcome.catch((failure: AppError) => failure);
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: {} });
    expect((error as AppError).details.unsent).toBeUndefined();
    expect(changesOf(sap)).toHaveLength(1);
  });

  it('says that it was not sent when there is no session to be had', async () => {
    const sap = new FakeSap(() => jsonAnswer('{}', 503));
    const session = new SapSession(sap, credentials, new TestClock());
    await expect(session.write(request, call)).rejects.toMatchObject({ details: { unsent: true } });
    expect(changesOf(sap)).toHaveLength(0);
  });

  it('says so too when its deadline ends the wait for the session', async () => {
    const sap = new FakeSap(() => new Promise<HttpResponse>(() => undefined));
    const deadline = new AbortController();
    const outcome = new SapSession(sap, credentials, new TestClock())
      .write(request, { signal: deadline.signal })
      .catch((error: unknown) => error);
    await settle();
    deadline.abort();
    expect(await outcome).toMatchObject({ code: 'UPSTREAM_TIMEOUT', details: { unsent: true } });
  });

  it('goes without a token that no header could carry', async () => {
    const sap = new FakeSap((sent) => (isSignIn(sent) ? sessionAnswer('s=1', 'a\r\nb: c') : tokenRefused()));
    await new SapSession(sap, credentials, new TestClock()).write(request, call);
    expect(changesOf(sap)[0]?.headers).not.toHaveProperty('x-csrf-token');
  });
});
