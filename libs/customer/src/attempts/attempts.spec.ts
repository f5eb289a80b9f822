import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import { customerMigrations } from '../persistence/migrations.js';
import type { CustomerTables } from '../persistence/tables.js';
import { Attempts } from './attempts.js';

const LIMIT = { most: 2, withinMs: 60_000 };

describe('Attempts', () => {
  let database: TestStore;
  beforeAll(async () => {
    database = await openTestStore([customerMigrations]);
  }, 60_000);
  afterAll(() => database.close());

  const clock = new TestClock();
  const attemptsAt = (purpose: string): Attempts => new Attempts(purpose, database.store, clock);
  const count = async (attempts: Attempts, actor: string, target: string): Promise<boolean> => {
    const outcome = await attempts.count({ actor: [actor], target: [target], perActor: LIMIT, perTarget: LIMIT });
    return !(outcome instanceof Refusal);
  };

  it('at different things are counted apart', async () => {
    const actor = randomUUID();
    const first = attemptsAt('one thing');
    await count(first, actor, randomUUID());
    await count(first, actor, randomUUID());
    expect(await count(first, actor, randomUUID())).toBe(false);
    expect(await count(attemptsAt('another'), actor, randomUUID())).toBe(true);
  });

  it('of an actor are no attempts at a target of the same name', async () => {
    const name = randomUUID();
    const attempts = attemptsAt('names');
    for (const target of ['a', 'b']) await count(attempts, name, target);
    expect(await count(attempts, randomUUID(), name)).toBe(true);
  });

  it('over the limit are not counted, so they prolong nothing', async () => {
    const [actor, attempts] = [randomUUID(), attemptsAt('patience')];
    for (let tries = 0; tries < 6; tries += 1) {
      await count(attempts, actor, randomUUID());
      await clock.advance(10_000);
    }
    expect(await count(attempts, actor, randomUUID())).toBe(true);
  });

  it('are kept without who tried what', async () => {
    await count(attemptsAt('secrecy'), 'Erika', 'DE02120300000000202051');
    const kept = await database.store.tables<CustomerTables>().selectFrom('attempt').selectAll().execute();
    expect(JSON.stringify(kept)).not.toMatch(/Erika|DE02/);
  });
});
