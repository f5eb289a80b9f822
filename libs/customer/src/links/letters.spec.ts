import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, instantOf, Refusal } from '#lib/kernel';
import { openTestStore, type TestStore } from '#lib/testing';
import { customerMigrations } from '../persistence/migrations.js';
import { FLOOR_MS } from './prove-evenly.js';
import { LinkHouse } from './testing/link-house.js';

const DAY_MS = 24 * 3_600_000;
const NOT_PROVEN = new Refusal('LINK_NOT_PROVEN');

describe('linking by a letter', () => {
  let database: TestStore;
  let house: LinkHouse;

  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    house = new LinkHouse(database.store);
    await house.tables.deleteFrom('attempt').execute();
  });

  const codesOf = (id: string) =>
    house.tables.selectFrom('letter_code').selectAll().where('customer_id', '=', id).execute();

  it('sends a code to the account, keeps only its hash, and links once it is typed in', async () => {
    const customer = await house.newCustomer();
    const code = await house.receiveLetter(customer, '2');
    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{10}$/);
    expect(house.post.letters).toEqual([{ subsidiary: 'HARBOUR', account: '0002', code, at: expect.any(String) }]);
    expect(JSON.stringify(await codesOf(customer.id))).not.toContain(code);
    const typed = `${code.slice(0, 5).toLowerCase()} - ${code.slice(5)}`;
    expect(await house.confirm(customer, typed)).toMatchObject({ links: { HARBOUR: '0002' } });
    expect(await house.linkOf(customer)).toEqual({ account: '0002', proof: 'letter-code' });
  });

  it.each([
    ['that somebody has', '1', true],
    ['that nobody has', '7777', true],
    ['that is none', 'no number', false],
  ])('answers a request for a number %s like any other, after the same time', async (_, number, isPosted) => {
    const { clock, post } = house;
    const begun = clock.now();
    const request = house.links.requestLetter(await house.newCustomer(), 'HARBOUR', number);
    const answer = await clock.finish(request, () => !isPosted || post.letters.length > 0);
    expect(answer).toEqual({ subsidiary: 'HARBOUR', codeExpiresAt: instantOf(begun + 14 * DAY_MS) });
    expect(clock.now() - begun).toBe(FLOOR_MS);
  });

  it('fails when no letters are taken at all', async () => {
    const failure = new AppError('UPSTREAM_UNAVAILABLE', 'the printer is out of order');
    let isAsked = false;
    house.post.send = () => {
      isAsked = true;
      return Promise.reject(failure);
    };
    const request = house.links.requestLetter(await house.newCustomer(), 'HARBOUR', '1');
    await expect(house.clock.finish(request, () => isAsked)).rejects.toBe(failure);
  });

  it('fails when it is not known in time whether the letter was taken', async () => {
    house.post.send = () => new Promise(() => undefined);
    const request = house.links.requestLetter(await house.newCustomer(), 'HARBOUR', '1');
    await expect(house.clock.finish(request)).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('is asked for twice a day at most for one number', async () => {
    await house.receiveLetter(await house.newCustomer(), '1');
    await house.receiveLetter(await house.newCustomer(), '1');
    const third = await house.links.requestLetter(await house.newCustomer(), 'HARBOUR', '1');
    const retryAfterSeconds = (DAY_MS - 2 * FLOOR_MS) / 1_000;
    expect(third).toEqual(new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds }));
    expect(house.post.letters).toHaveLength(2);
  });

  it('takes a code once, also when it is sent three times at the same time', async () => {
    const customer = await house.newCustomer();
    const code = await house.receiveLetter(customer, '1');
    const attempts = [1, 2, 3].map(() => house.links.confirmLetter(customer, 'HARBOUR', code));
    const answers = await house.clock.finish(Promise.all(attempts));
    expect(answers.filter((answer) => answer instanceof Refusal)).toEqual([NOT_PROVEN, NOT_PROVEN]);
    expect(await house.confirm(customer, code)).toEqual(NOT_PROVEN);
  });

  it('gives five tries, then not even the right code counts', async () => {
    const customer = await house.newCustomer();
    const code = await house.receiveLetter(customer, '1');
    const wrong = `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;
    const guesses = [1, 2, 3, 4, 5].map(() => house.links.confirmLetter(customer, 'HARBOUR', wrong));
    expect(await house.clock.finish(Promise.all(guesses))).toEqual(guesses.map(() => NOT_PROVEN));
    expect(await house.confirm(customer, code)).toEqual(NOT_PROVEN);
  });

  it('does not count what cannot be a code', async () => {
    const customer = await house.newCustomer();
    const code = await house.receiveLetter(customer, '1');
    for (const text of ['', '0', code.slice(1), `${code}A`, 'OOOOOOOOOO', '1'.repeat(10)]) {
      expect(await house.confirm(customer, text)).toEqual(NOT_PROVEN);
    }
    expect(await house.confirm(customer, code)).toMatchObject({ links: { HARBOUR: '0001' } });
  });

  it('ends after fourteen days', async () => {
    const [late, early] = [await house.newCustomer(), await house.newCustomer()];
    const lateCode = await house.receiveLetter(late, '1');
    const earlyCode = await house.receiveLetter(early, '2');
    house.clock.pass(14 * DAY_MS - 2 * FLOOR_MS);
    expect(await house.confirm(late, lateCode)).toEqual(NOT_PROVEN);
    expect(await house.confirm(early, earlyCode)).toMatchObject({ links: { HARBOUR: '0002' } });
  });

  it('counts the latest letter only, and only for who asked for it', async () => {
    const [customer, other] = [await house.newCustomer(), await house.newCustomer()];
    const first = await house.receiveLetter(customer, '1');
    const second = await house.receiveLetter(customer, '2');
    expect(await house.confirm(customer, first)).toEqual(NOT_PROVEN);
    expect(await house.confirm(other, second)).toEqual(NOT_PROVEN);
    expect(await house.confirm(customer, second)).toMatchObject({ links: { HARBOUR: '0002' } });
  });
});
