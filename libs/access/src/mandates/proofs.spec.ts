import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Attempts, customerMigrations, type CustomerTables } from '#lib/customer';
import { instantOf, Refusal } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { accessMigrations } from '../persistence/migrations.js';
import { HandoverCodes, parseHandoverCode } from './handover-codes.js';
import { proofAttempt } from './proof-attempt.js';
import type { MandateTables } from './mandate.tables.js';
import { PhoneSecrets } from './phone-secrets.js';

const MINUTE_MS = 60_000;

describe('what proves a customer to an agent', () => {
  let database: TestStore;
  let clock: TestClock;
  let customers: string[];

  beforeAll(async () => {
    database = await openTestStore([customerMigrations, accessMigrations]);
  }, 60_000);
  afterAll(() => database.close());

  beforeEach(async () => {
    clock = new TestClock();
    customers = [randomUUID(), randomUUID()];
    const at = instantOf(clock.now());
    await tables()
      .insertInto('customer')
      .values(customers.map((id) => ({ id, name: 'Nele Anker', subject: null, created_at: at })))
      .execute();
  });

  const tables = () => database.store.tables<MandateTables>();

  describe('a handover code', () => {
    let codes: HandoverCodes;
    beforeEach(() => {
      codes = new HandoverCodes(database.store, clock);
    });

    it('is taken once, however many take it at the same time', async () => {
      const { code } = await codes.issue(customers[0]!);
      const taken = await Promise.all([1, 2, 3].map(() => codes.redeem(code)));
      expect(taken.filter((id) => id !== null)).toEqual([customers[0]]);
    });

    it('is valid for ten minutes', async () => {
      const [early, late] = [await codes.issue(customers[0]!), await codes.issue(customers[1]!)];
      await clock.advance(10 * MINUTE_MS - 1);
      expect(await codes.redeem(early.code)).toBe(customers[0]);
      await clock.advance(1);
      expect(await codes.redeem(late.code)).toBeNull();
    });

    it('replaces the one before', async () => {
      const [first, second] = [await codes.issue(customers[0]!), await codes.issue(customers[0]!)];
      expect([await codes.redeem(first.code), await codes.redeem(second.code)]).toEqual([null, customers[0]]);
    });

    it('is kept as hash only', async () => {
      const { code } = await codes.issue(customers[0]!);
      const kept = await tables().selectFrom('handover_code').selectAll().execute();
      expect(JSON.stringify(kept)).not.toContain(code);
    });

    it.each([
      [' abcd-efgh ', 'ABCDEFGH'],
      ['ABCDEFG', undefined],
      ['ABCDEFGO', undefined],
      ['ABCDEFGHJ', undefined],
    ])('is read from %p as %p', (text, code) => {
      expect(parseHandoverCode(text)).toBe(code);
    });
  });

  describe('a secret on the telephone', () => {
    let secrets: PhoneSecrets;
    beforeEach(async () => {
      secrets = new PhoneSecrets(database.store, clock);
      await secrets.set(customers[0]!, 'Rote Grütze!');
    });

    it('matches as it is spoken, and nothing else does', async () => {
      const spoken = ['Rote Grütze!', 'rote grütze', 'ROTEGRU\u0308TZE', 'Rote Gruetze', 'Rote', ''];
      const matches = await Promise.all(spoken.map((secret) => secrets.match(customers, secret)));
      expect(matches.map((id) => id === customers[0])).toEqual([true, true, true, false, false, false]);
    });

    it('matches nobody where none is set or nobody is meant', async () => {
      expect(await secrets.match([customers[1]!], 'Rote Grütze')).toBeNull();
      expect(await secrets.match([], 'Rote Grütze')).toBeNull();
    });

    it('does not tell people apart who have chosen the same', async () => {
      await secrets.set(customers[1]!, 'rote grütze');
      expect(await secrets.match(customers, 'Rote Grütze')).toBeNull();
      expect(await secrets.match([customers[1]!], 'Rote Grütze')).toBe(customers[1]);
    });

    it('ends with the next one', async () => {
      await secrets.set(customers[0]!, 'Gelbe Grütze');
      expect(await secrets.match(customers, 'Rote Grütze')).toBeNull();
      expect(await secrets.match(customers, 'Gelbe Grütze')).toBe(customers[0]);
    });

    it.each(['abcde', '- a b c d e -', 'x'.repeat(61)])('is not %p', async (secret) => {
      const attempt = secrets.set(customers[1]!, secret);
      await expect(attempt).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'secret' } });
    });
  });

  describe('attempts', () => {
    let attempts: Attempts;
    let actor: string;
    beforeEach(() => {
      attempts = new Attempts('mandate', database.store, clock);
      actor = randomUUID();
    });

    const count = (by: string, ...about: string[]) => attempts.count(proofAttempt(by, about));
    const isRefused = (outcome: string | Refusal): boolean => outcome instanceof Refusal;

    it('are ten in a quarter of an hour for one agent, however many come at once', async () => {
      const tried = await Promise.all(Array.from({ length: 14 }, () => count(actor, randomUUID())));
      expect(tried.filter(isRefused)).toHaveLength(4);
      expect(tried.find(isRefused)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 900 });
      await clock.advance(15 * MINUTE_MS);
      expect(isRefused(await count(actor, randomUUID()))).toBe(false);
    });

    it('are five in an hour for one number, whoever tries', async () => {
      const number = randomUUID();
      for (let agent = 0; agent < 5; agent += 1) expect(isRefused(await count(randomUUID(), number))).toBe(false);
      expect(await count(actor, number)).toMatchObject({ retryAfterSeconds: 3_600 });
      expect(isRefused(await count(actor, randomUUID()))).toBe(false);
      await clock.advance(60 * MINUTE_MS);
      expect(isRefused(await count(actor, number))).toBe(false);
    });

    it('do not count when they succeeded', async () => {
      const number = randomUUID();
      for (let visit = 0; visit < 20; visit += 1) {
        const attempt = await count(actor, number);
        if (attempt instanceof Refusal) throw new Error(`refused at visit ${visit}`);
        await attempts.forgive(attempt);
      }
    });

    it('are kept without what was tried', async () => {
      await count(actor, 'a number in plain text');
      const kept = await database.store.tables<CustomerTables>().selectFrom('attempt').selectAll().execute();
      expect(JSON.stringify(kept)).not.toContain('plain text');
    });
  });
});
