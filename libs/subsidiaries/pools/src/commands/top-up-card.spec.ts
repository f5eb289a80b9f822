import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId, type Principal } from '#lib/kernel';
import { customerPrincipal, openScope, TestClock } from '#lib/testing';
import { PoolsBackend } from '../backend/pools.backend.js';
import { pools } from '../index.js';
import type { PoolsSettings } from '../pools.settings.js';
import { fixture, page, ScriptedTill, SETTINGS, type TillScript } from '../testing/scripted-till.js';
import { TopUpCard } from './top-up-card.js';

const ACCOUNT = '5000117004';
const CARDS = fixture('get-clients-ex.answer.xml');
const BOOKED = fixture('client-deposit.answer.xml');
const isDeposit = (request: string): boolean => request.includes('#ClientDeposit"');
const deposits =
  (answer: TillScript): TillScript =>
  (request) =>
    isDeposit(request) ? answer(request) : page(CARDS);

/** The command before a till, one card of the account, and what happened in which order. */
async function house(script: TillScript = deposits(() => page(BOOKED)), settings: PoolsSettings = SETTINGS) {
  const clock = new TestClock();
  const events: string[] = [];
  const till = new ScriptedTill(clock, (request) => {
    events.push(isDeposit(request) ? 'deposit' : 'cards');
    return script(request);
  });
  const backend = new PoolsBackend(till, settings);
  const command = new TopUpCard(backend, till, clock);
  const cardId = toGlobalId('ValueCard', await keyOfCard());
  const attempt = {
    account: ACCOUNT,
    key: 'k-1',
    number: 1,
    signal: new AbortController().signal,
    intend: () => {
      events.push('intend');
      return Promise.resolve();
    },
  };
  const check = (input: unknown, principal: Principal = customerPrincipal('thea')) =>
    command.check(command.parse(input), { account: ACCOUNT, scope: openScope(clock, { principal }) });
  const execute = (amount = '20.50', id = cardId) =>
    command.execute(command.parse({ cardId: id, amount }), attempt).catch((error: unknown) => error as AppError);
  return { till, command, cardId, attempt, events, check, execute };
}

async function keyOfCard(): Promise<string> {
  const backend = new PoolsBackend(new ScriptedTill(new TestClock(), () => page(CARDS)), SETTINGS);
  const { value } = await backend.listCards(ACCOUNT, { signal: new AbortController().signal });
  return value[0]!.key;
}

const withCode = (code: number): string =>
  BOOKED.replace('>0</ReturnCode>', `>${code}</ReturnCode>`).replace('>ok<', '>EAccess at 00B1 for Sandmann<');

describe('a top-up', () => {
  it('sends the golden request, after the intent, and tells the balances', async () => {
    const { execute, events, till, cardId } = await house();
    expect(await execute()).toEqual({
      kind: 'done',
      result: { cardId, amount: '20.50', oldBalance: '23.70', newBalance: '44.20' },
    });
    expect(events).toEqual(['cards', 'intend', 'deposit']);
    expect(till.requests[1]).toBe(fixture('client-deposit.request.txt'));
  });

  it('is done with code 0 even where the balances are unreadable', async () => {
    const { execute, cardId } = await house(
      deposits(() => page(BOOKED.replace('>44.2<', '>NaN<').replace(/<Old.*Old.*>/, ''))),
    );
    expect(await execute()).toEqual({
      kind: 'done',
      result: { cardId, amount: '20.50', oldBalance: null, newBalance: null },
    });
  });

  it.each([3, 7])('that the till refuses with code %i is refused, and its message goes nowhere', async (code) => {
    const { execute } = await house(deposits(() => page(withCode(code))));
    const effect = await execute();
    expect(effect).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: null } });
    expect(JSON.stringify(effect)).not.toMatch(/Sandmann|EAccess/);
  });

  it.each([
    ['code 2', page(withCode(2)), '2'],
    ['code 5', page(withCode(5)), '5'],
    ['code 6', page(withCode(6)), '6'],
    ['a door before the till', page('<html/>', 401), 'HTTP 401'],
    ['another address', page('<html/>', 404), 'HTTP 404'],
    ['too many calls', page('', 429), 'HTTP 429'],
  ])('has surely had no effect after %s', async (_case, answer, upstreamCode) => {
    const { execute } = await house(deposits(() => answer));
    const failure = await execute();
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', details: { upstreamCode, unsent: true } });
    expect(String(failure)).not.toMatch(/Sandmann/);
  });

  it.each([
    ['code 1', page(withCode(1)), 'UPSTREAM_UNAVAILABLE'],
    ['code 4', page(withCode(4)), 'UPSTREAM_UNAVAILABLE'],
    ['a code that nobody has defined', page(withCode(8)), 'UPSTREAM_UNAVAILABLE'],
    ['a code that is none', page(BOOKED.replace('>0</ReturnCode>', '>ok</ReturnCode>')), 'UPSTREAM_MALFORMED'],
    ['the answer of another operation', page(CARDS), 'UPSTREAM_MALFORMED'],
    ['half an answer', page(BOOKED.slice(0, 700)), 'UPSTREAM_MALFORMED'],
    ['a web page', page('<html/>'), 'UPSTREAM_MALFORMED'],
    ['a broken server', page('<html/>', 500), 'UPSTREAM_UNAVAILABLE'],
    ['a tired gateway', page('<html/>', 504), 'UPSTREAM_UNAVAILABLE'],
    ['a firewall that may have read the answer', page('<html/>', 403), 'UPSTREAM_UNAVAILABLE'],
    [
      'a fault',
      page(
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>' +
          '<faultcode>e:Client</faultcode><faultstring>x</faultstring></e:Fault></e:Body></e:Envelope>',
      ),
      'UPSTREAM_UNAVAILABLE',
    ],
  ])('is in doubt after %s, and is not sent again', async (_case, answer, code) => {
    const { execute, events } = await house(deposits(() => answer));
    const failure = (await execute()) as AppError;
    expect(failure).toMatchObject({ code });
    expect(failure.details.unsent).toBeUndefined();
    expect(events.filter((event) => event === 'deposit')).toHaveLength(1);
  });

  it('is in doubt when the connection ends without an answer, and is not sent again', async () => {
    const cut = new AppError('UPSTREAM_UNAVAILABLE', 'ECONNRESET');
    const { execute, events } = await house(deposits(() => Promise.reject(cut)));
    expect(((await execute()) as AppError).details.unsent).toBeUndefined();
    expect(events).toEqual(['cards', 'intend', 'deposit']);
  });

  it('never begins while the till cannot be read', async () => {
    const { execute, events } = await house(() => page('', 503));
    expect(await execute()).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(events).not.toContain('intend');
    expect(events).not.toContain('deposit');
  });

  it('sends nothing when another instance has taken it over', async () => {
    const { command, cardId, attempt, events } = await house();
    const lost = new AppError('CONFLICT', 'taken over');
    const running = command.execute(command.parse({ cardId, amount: '5' }), {
      ...attempt,
      intend: () => Promise.reject(lost),
    });
    await expect(running).rejects.toBe(lost);
    expect(events).not.toContain('deposit');
  });

  it('of a card that has gone meanwhile is refused before anything is sent', async () => {
    const { execute, events } = await house((request) =>
      isDeposit(request) ? page(BOOKED) : page(CARDS.replace('xsd:string">1<', 'xsd:string">0<')),
    );
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_YOURS' } });
    expect(events).toEqual(['cards']);
  });

  it('waits for a till whose row cannot be read, since it may be the one', async () => {
    const { execute, events } = await house(() => page(CARDS.replace('>23.700000000000003<', '>INF<')));
    expect(await execute()).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(events).toEqual(['cards']);
  });

  it('cannot be read back: nobody can tell', async () => {
    const { command } = await house();
    expect(command.dedupe).toBe('none');
    expect('readBack' in command).toBe(false);
  });

  it('is one of the commands of the pools', () => {
    expect(pools.commands).toEqual([TopUpCard]);
  });
});

describe('the wish for a top-up', () => {
  it('is accepted for a card of the customer', async () => {
    const { check, cardId } = await house();
    expect(await check({ cardId, amount: '5.00' })).toBeNull();
  });

  it('is accepted while the till is down or its rows are unreadable: that is no reason to refuse', async () => {
    const down = await house(() => Promise.reject(new AppError('UPSTREAM_UNAVAILABLE', 'x')));
    expect(await down.check({ cardId: down.cardId, amount: '5.00' })).toBeNull();
    const unreadable = await house(() => page(CARDS.replace('>23.700000000000003<', '>INF<')));
    expect(await unreadable.check({ cardId: unreadable.cardId, amount: '5.00' })).toBeNull();
  });

  it.each([
    ['4.99', 'AMOUNT_OUT_OF_BOUNDS'],
    ['20.555', 'TOO_MANY_DECIMALS'],
    ['12 €', 'NOT_A_NUMBER'],
  ])('over %s is refused at once, and the till is not asked', async (amount, code) => {
    const { check, cardId, events } = await house();
    expect(await check({ cardId, amount })).toMatchObject({ code, problems: [{ path: 'amount', code }] });
    expect(events).toEqual([]);
  });

  it.each([
    toGlobalId('ValueCard', '5000117005-0123456789abcdef'),
    toGlobalId('ValueCard', '50001170041-0123456789abcdef'),
    toGlobalId('Lease', '5000117004-0123456789abcdef'),
    '5000117004',
    '</ClientId>',
  ])("for another's card %s is refused without asking the till, even while it is down", async (cardId) => {
    const { check, execute, events } = await house(() => page('', 503));
    const refusal = { code: 'NOT_YOURS', problems: [{ path: 'cardId', code: 'NOT_YOURS' }] };
    expect(await check({ cardId, amount: '5.00' })).toMatchObject(refusal);
    expect(await execute('5.00', cardId)).toMatchObject({ kind: 'refused', refusal });
    expect(events).toEqual([]);
  });

  it('for a card that is no longer there names the one that is, to the customer and at the pools', async () => {
    const { check, cardId } = await house();
    const agent = (subsidiary: string): Principal => {
      const mandate = { id: 'm', customerId: 'c-1', reason: 'asked', expiresAt: Number.MAX_SAFE_INTEGER };
      return { kind: 'agent', subject: 'a', expiresAt: mandate.expiresAt, subsidiary, role: 'service', mandate };
    };
    const gone = { cardId: toGlobalId('ValueCard', `${ACCOUNT}-0123456789abcdef`), amount: '5.00' };
    const choices = [{ value: cardId, label: '••••6D80' }];
    expect((await check(gone))?.problems).toEqual([{ path: 'cardId', code: 'NOT_YOURS', choices }]);
    expect((await check(gone, agent('POOLS')))?.problems).toEqual([{ path: 'cardId', code: 'NOT_YOURS', choices }]);
    expect((await check(gone, agent('TRANSIT')))?.problems).toEqual([{ path: 'cardId', code: 'NOT_YOURS' }]);
  });

  it('for another than the first card is not possible, since the till would put the money on the first', async () => {
    const [, row] = /(<item xsi:type="NS3:TClient">.*<\/item>)\s*<\/Clients>/s.exec(CARDS)!;
    const two = CARDS.replace('</Clients>', `${row!.replace('04b7c91a2f6d80', '04b7c91a2f6d81')}</Clients>`);
    const { check, execute, cardId, events } = await house(() => page(two));
    const backend = new PoolsBackend(new ScriptedTill(new TestClock(), () => page(two)), SETTINGS);
    const { value } = await backend.listCards(ACCOUNT, { signal: new AbortController().signal });
    const second = toGlobalId('ValueCard', value[1]!.key);
    const choices = [{ value: cardId, label: '••••6D80' }];
    const refused = { code: 'NOT_POSSIBLE', problems: [{ path: 'cardId', code: 'NOT_POSSIBLE' }] };
    expect(await check({ cardId, amount: '5.00' })).toBeNull();
    expect((await check({ cardId: second, amount: '5.00' }))?.problems).toEqual([{ ...refused.problems[0], choices }]);
    expect(await execute('5.00', second)).toMatchObject({ kind: 'refused', refusal: refused });
    expect(events).not.toContain('intend');
  });

  it('is refused where no payment mode is set up', async () => {
    const settings = Object.assign(Object.create(SETTINGS) as PoolsSettings, { tillPaymentId: undefined });
    const { check, execute, cardId, events } = await house(undefined, settings);
    expect(await check({ cardId, amount: '5.00' })).toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_POSSIBLE' } });
    expect(events).toEqual([]);
  });

  it('is the same wish however the amount is written, and comes back from a journal as it went in', async () => {
    const { command, cardId } = await house();
    const parsed = command.parse({ cardId, amount: '5' });
    expect(parsed).toEqual({ cardId, amount: '5.00' });
    expect(command.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it.each([
    [{ cardId: 'x', amount: 5 }, 'amount'],
    [{ cardId: 'x' }, 'amount'],
    [{ cardId: 'x', amount: '1'.repeat(41) }, 'amount'],
    [{ amount: '5.00' }, 'cardId'],
    [{ cardId: 'x'.repeat(401), amount: '5.00' }, 'cardId'],
    ['', ''],
    [null, ''],
  ])('is no input as %j', async (input, path) => {
    const { command } = await house();
    expect(() => command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });
});
