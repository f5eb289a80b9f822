import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError, Refusal } from '#lib/kernel';
import { openTestStore, type TestStore } from '#lib/testing';
import { customerMigrations } from '../persistence/migrations.js';
import { FLOOR_MS } from './prove-evenly.js';
import { LinkHouse } from './testing/link-house.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOT_PROVEN = new Refusal('LINK_NOT_PROVEN');

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

/** A fresh customer's attempt: the answer, how long it took and what is linked afterwards. */
async function attemptOf(number: string, fact: string): Promise<unknown> {
  const customer = await house.newCustomer();
  const begun = house.clock.now();
  const answer = await house.clock.finish(house.prove(customer, number, fact));
  return { answer, after: house.clock.now() - begun, link: await house.linkOf(customer) };
}

describe('linking by a second fact', () => {
  it('links the number in its one spelling and keeps how it was proven', async () => {
    const customer = await house.newCustomer();
    const linked = await house.clock.finish(house.prove(customer, ' 1', 'Möwe'));
    expect(linked).toMatchObject({ id: customer.id, links: { HARBOUR: '0001' } });
    expect(await house.linkOf(customer)).toEqual({ account: '0001', proof: 'second-fact' });
  });

  it('reads in scopes of its own, so that the answer tells nothing of it', async () => {
    const customer = await house.newCustomer();
    const scope = house.openScope(customer);
    await house.clock.finish(house.links.proveByFact(customer, 'HARBOUR', '1', 'Robbe', scope));
    expect(house.harbour.scopes).toHaveLength(2);
    expect(house.harbour.scopes).not.toContain(scope);
  });

  it('answers a wrong fact as it does a number that nobody has, is none, or fails by itself', async () => {
    const known = fc.constantFrom('0001', '1', ' 00 02', '0666');
    const unknown = fc.oneof(
      fc.integer({ min: 1000, max: 9999 }).map(String),
      fc.string({ minLength: 1, maxLength: 20 }),
    );
    const refused = { answer: NOT_PROVEN, after: FLOOR_MS, link: undefined };
    await fc.assert(
      fc.asyncProperty(known, unknown, async (existing, foreign) => {
        expect(await attemptOf(existing, 'Delphin')).toEqual(refused);
        expect(await attemptOf(foreign, 'Delphin')).toEqual(refused);
        house.clock.pass(DAY_MS);
      }),
      { numRuns: 15 },
    );
  });

  it('fails alike for all numbers while the system is out of reach', async () => {
    const outage = new AppError('UPSTREAM_UNAVAILABLE', 'down', { system: 'harbour', retryAfterSeconds: 7 });
    house.harbour.outage = outage;
    for (const number of ['1', '4711', 'x', '0666']) {
      const begun = house.clock.now();
      await expect(attemptOf(number, 'Möwe')).rejects.toBe(outage);
      expect(house.clock.now() - begun).toBe(FLOOR_MS);
    }
  });

  it('does not wait longer for a system that never answers, and says so', async () => {
    house.harbour.prove = () => new Promise(() => undefined);
    await expect(attemptOf('1', 'Möwe')).rejects.toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
  });

  it('is refused where customers cannot link themselves', async () => {
    const customer = await house.newCustomer();
    const attempt = house.links.proveByFact(customer, 'OFFICE', '1', 'x', house.openScope(customer));
    await expect(attempt).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'subsidiary' } });
  });

  it('ends with unlinking, and can begin again with another number', async () => {
    const customer = await house.newCustomer();
    await house.clock.finish(house.prove(customer, '1', 'Möwe'));
    const unlinked = await house.clock.finish(house.links.unlink(customer, 'HARBOUR'));
    expect(unlinked.links).toEqual({});
    expect(await house.linkOf(customer)).toBeUndefined();
    expect(await house.clock.finish(house.prove(customer, '2', 'Robbe'))).toMatchObject({ links: { HARBOUR: '0002' } });
  });
});

/** What eleven customers are answered about one number. */
async function answersOf(number: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let count = 0; count < 11; count += 1) answers.push(await attemptOf(number, 'Delphin'));
  return answers;
}

describe('attempts to link', () => {
  it('are five per customer and hour, also when many are made at once', async () => {
    const customer = await house.newCustomer();
    const numbers = Array.from({ length: 20 }, (_, index) => String(3000 + index));
    const attempts = numbers.map((number) => house.prove(customer, number, 'Möwe'));
    const answers = await house.clock.finish(Promise.all(attempts));
    expect(house.harbour.asked).toHaveLength(5);
    const tooMany = new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 3_600 });
    expect(answers.filter((answer) => answer instanceof Refusal && answer.code === tooMany.code)).toEqual(
      Array.from({ length: 15 }, () => tooMany),
    );
  });

  it('are free again when the first one is an hour old, and refused ones do not count', async () => {
    const customer = await house.newCustomer();
    for (const number of ['31', '32', '33', '34', '35', '36', '37']) {
      await house.clock.finish(house.prove(customer, number, 'Möwe'));
    }
    expect(house.harbour.asked).toHaveLength(5);
    house.clock.pass(HOUR_MS - 5 * FLOOR_MS);
    expect(await house.clock.finish(house.prove(customer, '1', 'Möwe'))).toMatchObject({ links: { HARBOUR: '0001' } });
  });

  it('are ten per number and day, however it is spelt and whoever asks', async () => {
    const spellings = ['4', '04', '004', '0004', ' 4', '0 4', '00 4', '0 0 0 4', '4 ', ' 4 '];
    for (const number of spellings) await attemptOf(number, 'Möwe');
    const retryAfterSeconds = (DAY_MS - spellings.length * FLOOR_MS) / 1_000;
    const answer = new Refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds });
    expect(await attemptOf('4', 'Möwe')).toEqual({ answer, after: 0, link: undefined });
    house.clock.pass(DAY_MS);
    expect(await attemptOf('4', 'Möwe')).toMatchObject({ answer: NOT_PROVEN });
  });

  it('are bounded for numbers that nobody has just the same', async () => {
    expect(await answersOf('1')).toEqual(await answersOf('5555'));
  });

  it('are forgotten after a day', async () => {
    await attemptOf('4', 'Möwe');
    house.clock.pass(DAY_MS);
    await attemptOf('5', 'Möwe');
    expect(await house.tables.selectFrom('attempt').selectAll().execute()).toHaveLength(1);
  });
});
