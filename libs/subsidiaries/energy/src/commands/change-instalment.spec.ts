import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpResponse } from '#lib/upstream';
import { FakeBooks } from '../../fixtures/fake-books.js';
import { FakeSap, fixture, jsonAnswer } from '../../fixtures/fake-sap.js';
import { EnergyBackend } from '../backend/energy.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { ChangeInstalment } from './change-instalment.js';

const ACCOUNT = '0004471100';
const CONTRACT = toGlobalId('EnergyContract', '0900071001');

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeBooks();
  const sap = new FakeSap(books.answer);
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const backend = new EnergyBackend(
    new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock),
    clock,
  );
  const customers = directoryOf();
  const command = new ChangeInstalment(backend, upstream, customers, clock);
  const intents: number[] = [];
  const attempt: Attempt = {
    account: ACCOUNT,
    key: 'k',
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const wish = (changes: object = {}) =>
    command.parse({ contractId: CONTRACT, amount: '95.5', from: '2027-01-01', seen: '87', ...changes });
  const check = (changes: object = {}) =>
    command.check(wish(changes), {
      account: ACCOUNT,
      scope: openScope(clock, { principal: customerPrincipal('lena') }),
    });
  return { books, sap, customers, command, attempt, intents, wish, check };
}

const down = (): HttpResponse => jsonAnswer('{}', 503);
const lostAnswer = (): never => {
  throw new AppError('UPSTREAM_UNAVAILABLE', 'cut');
};

describe('a new instalment that a client sends', () => {
  it.each([
    [[], '$'],
    [{ seen: 'viel' }, 'seen'],
    [{ seen: '87.00' }, 'contractId'],
    [{ seen: '87.00', contractId: CONTRACT, amount: 95 }, 'amount'],
    [{ seen: '87.00', contractId: CONTRACT, amount: '95', from: 'morgen' }, 'from'],
  ])('is refused with the place when %j is none', (input, path) => {
    expect(() => house().command.parse(input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('reads back from a journal as it was', () => {
    const { command, wish } = house();
    expect(command.parse(JSON.parse(JSON.stringify(wish())))).toEqual(wish());
  });

  it('is one wish for a contract and a day, however the contract is written', () => {
    const { command, wish } = house();
    const short = toGlobalId('EnergyContract', '900071001');
    expect(command.naturalKey(wish({ contractId: short }))).toBe('900071001/2027-01-01');
    expect(command.naturalKey(wish())).toBe('900071001/2027-01-01');
    expect(command.naturalKey(wish({ contractId: 'x'.repeat(400) })).length).toBeLessThanOrEqual(255);
  });
});

describe('the check of a new instalment', () => {
  it('accepts what lies within the bounds', async () => {
    expect(await house().check()).toBeNull();
  });

  it.each([
    ['no amount', { amount: '1e2' }, 'NOT_A_NUMBER', 'amount'],
    ['the past', { from: '2026-11-21' }, 'DATE_TOO_EARLY', 'from'],
    ['the year 2099', { from: '2099-01-01' }, 'DATE_TOO_LATE', 'from'],
    ['no id of a contract', { contractId: 'x' }, 'NOT_YOURS', 'contractId'],
  ])('refuses %s before it asks SAP', async (_, changes, code, path) => {
    const { check, sap } = house();
    expect(await check(changes)).toMatchObject({ code, problems: [{ path, code }] });
    expect(sap.requests).toEqual([]);
  });

  it.each([
    ['another customer’s contract', { contractId: toGlobalId('EnergyContract', '0900079999') }, 'NOT_YOURS'],
    ['too little', { amount: '59.99' }, 'AMOUNT_OUT_OF_BOUNDS'],
    ['too much', { amount: '999999999999' }, 'AMOUNT_OUT_OF_BOUNDS'],
    ['an amount that is no longer so', { seen: '80' }, 'CHANGED_MEANWHILE'],
  ])('refuses by SAP’s plan: %s', async (_, changes, code) => {
    expect(await house().check(changes)).toMatchObject({ code });
  });

  it('asks SAP anew before it says that something has changed', async () => {
    const { check, books } = house();
    await check();
    books.plan.amount = '90.00';
    expect(await check({ seen: '90' })).toBeNull();
  });

  it('judges a second change by the plan that the first one has made', async () => {
    const { check, command, wish, attempt, customers } = house();
    expect(await check()).toBeNull();
    await command.execute(wish(), attempt);
    // As the engine does when it writes down that the first one is done.
    customers.dataEpoch = () => 1;
    expect(await check({ amount: '80', from: '2027-02-01' })).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await check({ amount: '80', from: '2027-02-01', seen: '95.50' })).toBeNull();
  });

  it('does not say so by what it knows while SAP is down, but keeps to the bounds', async () => {
    const { check, books } = house();
    await check();
    books.instead = down;
    expect(await check({ seen: '90' })).toBeNull();
    expect(await check({ amount: '5' })).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
  });

  it('accepts when SAP is down and nothing is known', async () => {
    const { check, books } = house();
    books.instead = down;
    expect(await check()).toBeNull();
  });
});

describe('carrying a new instalment out', () => {
  const result = { contractId: CONTRACT, amount: '95.50', from: '2027-01-01' };

  it('changes the plan once, after the intent', async () => {
    const { command, wish, attempt, books, intents } = house();
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result });
    expect(books.plan).toEqual({ amount: '95.50', changeFrom: '/Date(1798761600000)/' });
    expect(intents).toEqual([0]);
  });

  it('refuses without an intent when the plan has changed or the contract is not theirs', async () => {
    const { command, wish, attempt, intents } = house();
    const effects = await Promise.all([
      command.execute(wish({ seen: '80' }), attempt),
      command.execute(wish({ contractId: toGlobalId('EnergyContract', '0900079999') }), attempt),
    ]);
    expect(effects).toMatchObject([
      { kind: 'refused', refusal: { code: 'CHANGED_MEANWHILE' } },
      { kind: 'refused', refusal: { code: 'NOT_YOURS' } },
    ]);
    expect(intents).toEqual([]);
  });

  it('sends nothing when the plan is as wished already', async () => {
    const { command, wish, attempt, books } = house();
    books.plan.amount = '95.50';
    expect(await command.execute(wish(), attempt)).toMatchObject({ kind: 'done' });
    expect(books.changes).toEqual([]);
  });

  it('finds out whether a version was changed by its own lost attempt or by someone else', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = () => jsonAnswer(fixture('error.answer.json'), 412);
    expect(await command.execute(wish(), attempt)).toMatchObject({ refusal: { code: 'CHANGED_MEANWHILE' } });
    books.onChange = (request) => {
      books.book(request);
      return jsonAnswer(fixture('error.answer.json'), 412);
    };
    expect(await command.execute(wish(), attempt)).toEqual({ kind: 'done', result });
  });

  it('tells SAP’s own words when it does not take the amount', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await command.execute(wish(), attempt)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: expect.stringContaining('derzeit nicht') },
    });
  });
});

describe('reading a plan back after a lost answer', () => {
  it('tells what was booked from what was not', async () => {
    const { command, wish, attempt, books } = house();
    books.onChange = lostAnswer;
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    books.onChange = (request) => {
      books.book(request);
      return lostAnswer();
    };
    await expect(command.execute(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toMatchObject({ kind: 'done' });
  });

  it('cannot say when the plan is unreadable or SAP is down', async () => {
    const { command, wish, attempt, books } = house();
    books.plan.amount = 'viel';
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = down;
    const failing = command.readBack(wish(), attempt).catch((error: unknown) => error);
    expect(await failing).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
