import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId, type Principal } from '#lib/kernel';
import { customerPrincipal, openScope, TestClock } from '#lib/testing';
import type { HttpRequest, HttpResponse } from '#lib/upstream';
import { ShopBackend } from '../backend/shop.backend.js';
import { transit } from '../index.js';
import { fixture, json, ScriptedUpstream, SETTINGS, type Answer } from '../testing/scripted-upstream.js';
import { PauseSubscription } from './pause-subscription.js';

const ACCOUNT = 'JNV-00077001';
const KEY = '0b0e4a52-6f7e-4a53-9d5c-5b1f6a0c7d11';
const WISH = { subscriptionId: toGlobalId('FareSubscription', 'ABO-0077001'), from: '2027-01', months: 2 };
const PAUSE = { from: '2027-01-01', until: '2027-02-28' };
const RESULT = { ...PAUSE, subscriptionId: WISH.subscriptionId };

interface Row {
  [field: string]: unknown;
}
interface Answers {
  readonly pause?: Answer;
  readonly list?: Answer;
  readonly token?: Answer;
}

const parsed = (name: string): { data: unknown } => JSON.parse(String(fixture(name))) as { data: unknown };
/** The list of the shop without the row that cannot be read, the first row changed. */
function listWith(change: Row = {}): HttpResponse {
  const [first, second] = parsed('subscriptions.answer.json').data as Row[];
  return json(200, { data: [{ ...first, ...change }, second] });
}
function pausedWith(change: Row): HttpResponse {
  return json(200, { data: { ...(parsed('pause.answer.json').data as Row), ...change } });
}
const refusal = (status: number, code: string, more: Row = {}): HttpResponse =>
  json(status, { error: { code, message: 'Leider nicht möglich.', ...more } });

/** The command before a shop, and what happened in which order. */
function house(answers: Answers = {}, start = '2026-11-22T17:00:00Z') {
  const clock = new TestClock(start);
  const events: string[] = [];
  const answer = (name: 'pause' | 'list' | 'token', standard: HttpResponse, request: HttpRequest) => {
    events.push(name);
    return answers[name]?.(request) ?? standard;
  };
  const upstream = new ScriptedUpstream(clock, (request) => {
    if (request.path === '/oauth/token') return answer('token', json(200, fixture('token.answer.json')), request);
    if (request.method === 'PUT') return answer('pause', json(200, fixture('pause.answer.json')), request);
    return answer('list', listWith(), request);
  });
  const command = new PauseSubscription(new ShopBackend(upstream, SETTINGS, clock), upstream, clock);
  const attempt = {
    account: ACCOUNT,
    key: KEY,
    number: 1,
    signal: new AbortController().signal,
    intend: () => {
      events.push('intend');
      return Promise.resolve();
    },
  };
  const orError = (error: unknown) => error as AppError;
  return {
    clock,
    command,
    events,
    attempt,
    requests: upstream.requests,
    check: (input: unknown, principal: Principal = customerPrincipal('milo')) =>
      command.check(command.parse(input), { account: ACCOUNT, scope: openScope(clock, { principal }) }),
    execute: (input: unknown = WISH) => command.execute(command.parse(input), attempt).catch(orError),
    readBack: () => command.readBack(command.parse(WISH), attempt).catch(orError),
  };
}

describe('a pause', () => {
  it('sends the golden request with the key of the command, after the intent', async () => {
    const { execute, events, requests } = house();
    expect(await execute()).toEqual({ kind: 'done', result: RESULT });
    expect(events).toEqual(['token', 'list', 'intend', 'pause']);
    expect(requests[2]).toBe(String(fixture('pause.request.txt')));
  });

  it('that the shop has already is done without a second request', async () => {
    const { execute, events } = house({ list: () => listWith({ pause: PAUSE }) });
    expect(await execute()).toEqual({ kind: 'done', result: RESULT });
    expect(events).not.toContain('pause');
  });

  it.each([
    ['PAUSE_LIMIT_EXCEEDED', { remainingMonths: 1 }, 'AMOUNT_OUT_OF_BOUNDS', { path: 'months', maximum: '1' }],
    [
      'PAUSE_ANNOUNCED_TOO_LATE',
      { earliest: '2027-03-01' },
      'DATE_TOO_EARLY',
      { path: 'from', earliest: '2027-03-01' },
    ],
    ['PAUSE_ANNOUNCED_TOO_LATE', {}, 'DATE_TOO_EARLY', { path: 'from', earliest: '2027-01-01' }],
    ['PAUSE_ANNOUNCED_TOO_LATE', { earliest: 'soon' }, 'DATE_TOO_EARLY', { path: 'from', earliest: '2027-01-01' }],
    ['PAUSE_TOO_FAR_AHEAD', { latest: '2027-11-01' }, 'DATE_TOO_LATE', { path: 'from' }],
  ])('refused with %s %j is %s', async (upstreamCode, more, code, problem) => {
    const { execute } = house({ pause: () => refusal(422, upstreamCode, more) });
    expect(await execute()).toMatchObject({
      kind: 'refused',
      refusal: { code, problems: [{ ...problem, code }], subsidiaryMessage: 'Leider nicht möglich.' },
    });
  });

  it.each([
    [409, 'ALREADY_PAUSED', {}],
    [422, 'SUBSCRIPTION_NOT_RUNNING', {}],
    [422, 'PAUSE_LIMIT_EXCEEDED', { remainingMonths: 0 }],
    [422, 'A_RULE_OF_TOMORROW', {}],
    [422, 'constructor', {}],
  ])('refused with %i %s is not possible, in the words of the shop', async (status, code, more) => {
    const { execute } = house({ pause: () => refusal(status, code, more) });
    expect(await execute()).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', problems: [], subsidiaryMessage: 'Leider nicht möglich.' },
    });
  });

  it.each([
    ['\u001b\u0007Nein\u202e,\r\nleider \u0000nicht. ', 'Nein , leider nicht.'],
    ['x'.repeat(1_000), 'x'.repeat(300)],
    [' \n', null],
    [{ html: '<b>' }, null],
    [undefined, null],
  ])('is refused with a sentence of one plain line: %j', async (message, subsidiaryMessage) => {
    const { execute } = house({ pause: () => refusal(422, 'X', { message }) });
    const effect = (await execute()) as { refusal: { subsidiaryMessage: string | null } };
    expect(effect.refusal.subsidiaryMessage).toBe(subsidiaryMessage);
  });

  it('of a subscription that the shop does not know any more is not theirs', async () => {
    const { execute } = house({ pause: () => refusal(404, 'SUBSCRIPTION_NOT_FOUND') });
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_YOURS' } });
  });

  it.each([
    ['no token', { token: () => json(503, '') }, 'UPSTREAM_UNAVAILABLE'],
    ['a refused client', { token: () => json(401, { error: 'invalid_client' }) }, 'UPSTREAM_REJECTED'],
    ['a token without the right', { pause: () => json(403, { error: 'insufficient_scope' }) }, 'UPSTREAM_UNAVAILABLE'],
    ['an unknown address', { pause: () => refusal(404, 'NOT_FOUND') }, 'UPSTREAM_UNAVAILABLE'],
    ['a web page in its place', { pause: () => json(404, '<html>') }, 'UPSTREAM_UNAVAILABLE'],
    ['too many requests', { pause: () => json(429, '', { 'retry-after': '7' }) }, 'UPSTREAM_UNAVAILABLE'],
    ['a token that is refused twice', { pause: () => json(401, { error: 'invalid_token' }) }, 'UPSTREAM_UNAVAILABLE'],
  ] as [string, Answers, string][])('has surely had no effect after %s', async (_case, answers, code) => {
    const isToken = answers.token !== undefined;
    // The token that was good for the list has expired when the pause is sent.
    const expired = { pause: () => json(401, {}), token: tokens(answers.token) };
    const { execute } = house(isToken ? expired : answers);
    expect(await execute()).toMatchObject({ code, details: { unsent: true } });
  });

  it.each([
    ['a broken shop', () => json(500, '<html>'), 'UPSTREAM_UNAVAILABLE'],
    ['maintenance', () => json(503, '<html>', { 'retry-after': '600' }), 'UPSTREAM_UNAVAILABLE'],
    ['a page with status 200', () => json(200, '<html>'), 'UPSTREAM_MALFORMED'],
    ['success without the subscription', () => json(204, ''), 'UPSTREAM_MALFORMED'],
    ['success without a pause', () => pausedWith({ pause: null }), 'UPSTREAM_MALFORMED'],
    ['success with another pause', () => pausedWith({ pause: { ...PAUSE, until: null } }), 'UPSTREAM_MALFORMED'],
    ['success of another subscription', () => pausedWith({ id: 'ABO-0077002' }), 'UPSTREAM_MALFORMED'],
    ['a lost connection', () => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'x')), 'UPSTREAM_UNAVAILABLE'],
  ] as [string, Answer, string][])('is in doubt after %s', async (_case, pause, code) => {
    const { execute, events } = house({ pause });
    const failure = (await execute()) as AppError;
    expect(failure).toMatchObject({ code });
    expect(failure.details.unsent).toBeUndefined();
    expect(events.filter((event) => event === 'pause')).toHaveLength(1);
  });

  it.each([
    refusal(400, 'INVALID_REQUEST'),
    refusal(422, 'IDEMPOTENCY_KEY_REUSED'),
    refusal(422, 'PAUSE_NOT_WHOLE_MONTHS'),
  ])('that we asked for wrongly is our failure and no refusal', async (answer) => {
    const { execute } = house({ pause: () => answer });
    expect(await execute()).toMatchObject({ code: 'UPSTREAM_REJECTED' });
  });

  it('is not sent while the shop cannot tell whose the subscription is', async () => {
    for (const list of [() => json(503, ''), () => listWith({ endsOn: 'soon' })]) {
      const { execute, events } = house({ list });
      const foreign = { ...WISH, subscriptionId: toGlobalId('FareSubscription', 'ABO-0099999') };
      expect(await execute(foreign)).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_/) });
      expect(events).not.toContain('intend');
    }
  });

  it('of another customer is refused before anything is sent', async () => {
    const { execute, events } = house();
    for (const key of ['ABO-0099999', '../customers', 'ABO-0077001/pause?', 'ABO-0077001\u007f']) {
      const effect = await execute({ ...WISH, subscriptionId: toGlobalId('FareSubscription', key) });
      expect(effect).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_YOURS' } });
    }
    expect(await execute({ ...WISH, subscriptionId: toGlobalId('Lease', 'ABO-0077001') })).toMatchObject({
      refusal: { code: 'NOT_YOURS' },
    });
    expect(events).not.toContain('intend');
  });

  it('whose time for notice has passed since it was accepted is refused', async () => {
    const { execute, events } = house({}, '2026-12-11T09:00:00Z');
    const problems = [{ path: 'from', code: 'DATE_TOO_EARLY', earliest: '2027-02-01' }];
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'DATE_TOO_EARLY', problems } });
    expect(events).not.toContain('intend');
  });

  it.each(['a\r\nx-evil: 1', 'ä', '', 'k'.repeat(256)])('is not sent with %j for a key', async (key) => {
    const { command, attempt, events } = house();
    await expect(command.execute(command.parse(WISH), { ...attempt, key })).rejects.toMatchObject({
      code: 'INTERNAL',
      details: { unsent: true },
    });
    expect(events).not.toContain('pause');
  });

  it('sends nothing when another instance has taken it over', async () => {
    const { command, attempt, events } = house();
    const lost = new AppError('CONFLICT', 'taken over');
    const running = command.execute(command.parse(WISH), { ...attempt, intend: () => Promise.reject(lost) });
    await expect(running).rejects.toBe(lost);
    expect(events).not.toContain('pause');
  });

  it('is one of the commands of transit', () => {
    expect(transit.commands).toEqual([PauseSubscription]);
    expect(house().command.deadlineMs).toBeLessThan(24 * 60 * 60_000);
  });
});

describe('a pause without an answer', () => {
  it('is done when the shop shows it', async () => {
    const { readBack, events } = house({ list: () => listWith({ pause: PAUSE }) });
    expect(await readBack()).toEqual({ kind: 'done', result: RESULT });
    expect(events).not.toContain('pause');
  });

  it.each([null, undefined, { ...PAUSE, until: null }, { from: '2027-03-01', until: '2027-04-30' }])(
    'has had no effect when the shop shows %j',
    async (pause) => {
      expect(await house({ list: () => listWith({ pause }) }).readBack()).toBeNull();
    },
  );

  it.each([() => json(503, ''), () => json(200, '<html>'), () => listWith({ pause: { from: 'soon' } })])(
    'stays in doubt while the shop cannot say',
    async (list) => {
      expect(await house({ list }).readBack()).toMatchObject({ code: expect.stringMatching(/^UPSTREAM_/) });
    },
  );
});

describe('the wish for a pause', () => {
  it('is accepted for a subscription of the customer, and while the shop is down', async () => {
    expect(await house().check(WISH)).toBeNull();
    expect(await house({ list: () => json(503, '') }).check(WISH)).toBeNull();
    expect(await house({ token: () => json(503, '') }).check(WISH)).toBeNull();
  });

  it('is accepted when the one unreadable row may be the subscription', async () => {
    const { check } = house({ list: () => listWith({ endsOn: 'soon' }) });
    const unreadable = { ...WISH, subscriptionId: toGlobalId('FareSubscription', 'ABO-0099999') };
    expect(await check(unreadable)).toBeNull();
  });

  it.each([
    [{ from: '2026-12' }, { path: 'from', code: 'DATE_TOO_EARLY', earliest: '2027-01-01' }],
    [{ from: '2099-01' }, { path: 'from', code: 'DATE_TOO_LATE' }],
    [{ months: 12 }, { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '1', maximum: '2' }],
    [{ months: -1e9 }, { path: 'months', code: 'AMOUNT_OUT_OF_BOUNDS' }],
    [{ subscriptionId: 'ABO-0077001' }, { path: 'subscriptionId', code: 'NOT_YOURS' }],
  ])('with %j is refused at once, and the shop is not asked', async (change, problem) => {
    const { check, events } = house();
    expect(await check({ ...WISH, ...change })).toMatchObject({ code: problem.code, problems: [problem] });
    expect(events).toEqual([]);
  });

  it("for another's subscription names the customer's own, to the customer and at the company's counter", async () => {
    const { check } = house();
    const agent = (subsidiary: string): Principal => {
      const mandate = { id: 'm', customerId: 'c-1', reason: 'asked', expiresAt: Number.MAX_SAFE_INTEGER };
      return { kind: 'agent', subject: 'a', expiresAt: mandate.expiresAt, subsidiary, role: 'service', mandate };
    };
    const foreign = { ...WISH, subscriptionId: toGlobalId('FareSubscription', 'ABO-0099999') };
    const choices = [
      { value: toGlobalId('FareSubscription', 'ABO-0077001'), label: 'Deutschlandticket (ABO-0077001)' },
      { value: toGlobalId('FareSubscription', 'ABO-0077002'), label: 'Azubi-Abo (ABO-0077002)' },
    ];
    const problem = { path: 'subscriptionId', code: 'NOT_YOURS' };
    expect((await check(foreign))?.problems).toEqual([{ ...problem, choices }]);
    expect((await check(foreign, agent('TRANSIT')))?.problems).toEqual([{ ...problem, choices }]);
    expect((await check(foreign, agent('POOLS')))?.problems).toEqual([problem]);
  });

  it('is not possible for a subscription that ends before', async () => {
    const { check } = house({ list: () => listWith({ endsOn: '2026-12-31' }) });
    expect(await check(WISH)).toMatchObject({ code: 'NOT_POSSIBLE' });
  });

  it('comes back from a journal as it went in', () => {
    const { command } = house();
    const input = command.parse({ ...WISH, more: 1 });
    expect(input).toEqual(WISH);
    expect(command.parse(JSON.parse(JSON.stringify(input)))).toEqual(input);
  });

  it.each([
    [{ ...WISH, from: '2027-1' }, 'from'],
    [{ ...WISH, from: '2027-01-01' }, 'from'],
    [{ ...WISH, from: 202_701 }, 'from'],
    [{ ...WISH, months: '2' }, 'months'],
    [{ ...WISH, months: 1.5 }, 'months'],
    [{ ...WISH, subscriptionId: '' }, 'subscriptionId'],
    [{ ...WISH, subscriptionId: 'x'.repeat(401) }, 'subscriptionId'],
    [[], ''],
  ])('is no input as %j', (input, path) => {
    const { command } = house();
    expect(() => command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });
});

/** A token at first, then what is given. */
function tokens(later: Answer | undefined): Answer {
  let issued = 0;
  return (request) => {
    issued += 1;
    return issued === 1 || later === undefined ? json(200, fixture('token.answer.json')) : later(request);
  };
}
