import { describe, expect, it } from '@jest/globals';
import { AppError, toGlobalId } from '#lib/kernel';
import type { Attempt } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream, type HttpResponse } from '#lib/upstream';
import { date, FakeProducts, tariff } from '../../fixtures/fake-products.js';
import { fixture, jsonAnswer, printed } from '../../fixtures/fake-sap.js';
import { ProductBackend } from '../backend/tariffs/product.backend.js';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { TariffsBackend } from '../backend/tariffs/tariffs.backend.js';
import { ChangeProduct } from './change-product.js';

const ACCOUNT = '0004471100';
const INPUT = {
  contractId: toGlobalId('EnergyContract', '900071001'),
  tariffId: toGlobalId('Tariff', 'FLUSS'),
  from: '2027-01-01',
  seen: [{ grossPrice: '142.8' }, { zone: 'SINGLE', grossPrice: '0.2975' }],
  orderConfirmed: true,
};

function house() {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const books = new FakeProducts();
  const sap = books.connect();
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const gateway = new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock);
  const command = new ChangeProduct(
    new ProductBackend(gateway),
    new TariffsBackend(gateway),
    upstream,
    directoryOf(),
    clock,
  );
  const intents: number[] = [];
  const attempt: Attempt = {
    account: ACCOUNT,
    key: 'k',
    number: 1,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const wish = (changes: object = {}) => command.parse({ ...INPUT, ...changes });
  const check = (changes: object = {}) =>
    command.check(wish(changes), {
      account: ACCOUNT,
      scope: openScope(clock, { principal: customerPrincipal('lena') }),
    });
  const execute = (changes: object = {}) => command.execute(wish(changes), attempt);
  return { books, sap, command, attempt, intents, wish, check, execute };
}

const down = (): HttpResponse => jsonAnswer('{}', 503);
const lost = new AppError('UPSTREAM_UNAVAILABLE', 'cut');
const done = { kind: 'done', result: { contractId: INPUT.contractId, from: INPUT.from } };

describe('a change of product that a client sends', () => {
  it.each([
    [[], 'orderConfirmed'],
    [{ ...INPUT, orderConfirmed: 'yes' }, 'orderConfirmed'],
    [{ ...INPUT, contractId: '' }, 'contractId'],
    [{ ...INPUT, tariffId: 5 }, 'tariffId'],
    [{ ...INPUT, from: 'morgen' }, 'from'],
    [{ ...INPUT, seen: [] }, 'seen'],
    [{ ...INPUT, seen: [{ grossPrice: 'viel' }] }, 'seen.0.grossPrice'],
    [{ ...INPUT, seen: [{ zone: 'NOON', grossPrice: '1' }] }, 'seen.0.zone'],
  ])('is refused with the place when %j is none', (input, path) => {
    expect(() => house().command.parse(Array.isArray(input) ? {} : input)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ path }) }),
    );
  });

  it('reads back from a journal as it was, and is one wish for a contract and a day', () => {
    const { command, wish } = house();
    expect(command.parse(JSON.parse(JSON.stringify(wish())))).toEqual(wish());
    expect(command.naturalKey(wish({ contractId: toGlobalId('EnergyContract', '0900071001') }))).toBe(
      '900071001/2027-01-01',
    );
  });
});

describe('the check of a change of product', () => {
  it('accepts what is for sale at the prices that were seen, and what is done already', async () => {
    const { check, execute } = house();
    expect(await check()).toBeNull();
    await execute();
    expect(await check()).toBeNull();
  });

  it('refuses without the button before it asks SAP', async () => {
    const { check, sap } = house();
    expect(await check({ orderConfirmed: false })).toMatchObject({ code: 'ORDER_NOT_CONFIRMED' });
    expect(sap.requests).toEqual([]);
  });

  it.each([
    ['another customer’s contract', { contractId: toGlobalId('EnergyContract', '9') }, 'NOT_YOURS'],
    ['a day before the notice is over', { from: '2026-12-22' }, 'DATE_TOO_EARLY'],
    ['other prices', { seen: [{ grossPrice: '1' }, { zone: 'SINGLE', grossPrice: '1' }] }, 'CHANGED_MEANWHILE'],
    ['no tariff', { tariffId: toGlobalId('Tariff', "FLUSS' or ProductID ne '") }, 'PRODUCT_UNKNOWN'],
  ])('refuses %s', async (_, changes, code) => {
    expect(await house().check(changes)).toMatchObject({ code });
  });

  it('accepts while SAP is down', async () => {
    const { check, books } = house();
    books.instead = down;
    expect(await check()).toBeNull();
  });
});

describe('carrying a change of product out', () => {
  it('orders it once, after the intent, with the golden requests', async () => {
    const { execute, books, intents, sap } = house();
    expect(await execute()).toEqual(done);
    expect(intents).toEqual([0]);
    expect(books.changes.map(printed)).toEqual([fixture('change-product.request.txt').toString('utf8')]);
    expect(sap.requests.map(printed)).toContain(fixture('list-changeable.request.txt').toString('utf8'));
  });

  it('sends nothing when the product is ordered already', async () => {
    const { execute, books } = house();
    await execute();
    expect(await execute()).toEqual(done);
    expect(books.changes).toHaveLength(1);
  });

  it('goes by the prices of this moment', async () => {
    const { check, execute, books, intents } = house();
    await check();
    books.tariffs = [tariff('FLUSS', '120.00', '0.26')];
    expect(await execute()).toMatchObject({
      kind: 'refused',
      refusal: { code: 'CHANGED_MEANWHILE', problems: [{ path: 'seen', choices: [{ value: '142.800000' }, {}] }] },
    });
    expect([books.changes, intents]).toEqual([[], []]);
  });

  it.each([
    ['it ends meanwhile', { ContractEndDate: date('2027-06-30') }, 'NOT_POSSIBLE'],
    [
      'it binds longer',
      { Dates: { results: [{ DateID: 'BOUND_UNTIL', DateValue: date('2028-01-01') }] } },
      'DATE_TOO_EARLY',
    ],
    ['it has the product', { ProductID: 'FLUSS' }, 'NOT_POSSIBLE'],
    [
      'it is elsewhere',
      { Premise: { PremiseID: '1', AddressInfo: { Street: 'W', HouseNo: '1', PostalCode: '99084', City: 'E' } } },
      'PRODUCT_UNKNOWN',
    ],
  ])('is refused when %s', async (_, changes, code) => {
    const { execute, books } = house();
    books.contract = { ...books.contract, ...changes };
    expect(await execute()).toMatchObject({ kind: 'refused', refusal: { code } });
    expect(books.changes).toEqual([]);
  });

  it.each([
    ['the contract', 'contract'],
    ['the tariff', 'tariff'],
  ])('waits while %s cannot be read', async (_, what) => {
    const { execute, books, intents } = house();
    if (what === 'contract') books.slices = [{ ProductID: 5 }];
    else books.tariffs = [tariff('FLUSS', 'viel', '0.25')];
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    expect(intents).toEqual([]);
  });

  it('tells SAP’s own words when it does not take the product', async () => {
    const { execute, books } = house();
    books.onChange = () => jsonAnswer(fixture('not-possible.answer.json'), 400);
    expect(await execute()).toMatchObject({
      kind: 'refused',
      refusal: { code: 'NOT_POSSIBLE', subsidiaryMessage: expect.stringContaining('derzeit nicht') },
    });
  });

  it('cannot be made to say more by the number of a product', async () => {
    const { execute, books } = house();
    const evil = "FL'&NewProductID='x\r\nX: y";
    books.tariffs = [tariff(evil, '120.00', '0.25')];
    expect(await execute({ tariffId: toGlobalId('Tariff', evil) })).toMatchObject({
      refusal: { code: 'PRODUCT_UNKNOWN' },
    });
    expect(books.changes).toEqual([]);
    const quoted = "FL'&x='";
    books.tariffs = [tariff(quoted, '120.00', '0.25')];
    await execute({ tariffId: toGlobalId('Tariff', quoted) });
    expect(books.changes.map(({ path }) => path.split('NewProductID=')[1])).toEqual(["'FL%27%27%26x%3D%27%27'"]);
  });
});

describe('reading a change of product back after a lost answer', () => {
  it('tells what was booked from what was not', async () => {
    const { command, execute, wish, attempt, books } = house();
    books.onChange = () => Promise.reject(lost);
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toBeNull();
    books.onChange = (request) => {
      books.book(request);
      return Promise.reject(lost);
    };
    await expect(execute()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await command.readBack(wish(), attempt)).toEqual(done);
  });

  it('cannot say when the contract is unreadable or SAP is down', async () => {
    const { command, wish, attempt, books } = house();
    books.slices = [{ ProductID: 5 }];
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    books.instead = down;
    await expect(command.readBack(wish(), attempt)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});
