import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { asks, fails, losesAnswer, standsStill } from '../testing/scripted-command.js';

describe('processes of one customer in one subsidiary', () => {
  let house: ProcessHouse;
  let clock: TestClock;
  let engines: readonly Engine[];

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    clock = new TestClock();
    engines = [1, 2, 3].map(() => house.engine({ clock }));
  });
  afterAll(() => house.close());

  const [first, second] = [() => engines[0]!, () => engines[1]!];

  it('are carried out one after the other in the order of acceptance, by several instances at once', async () => {
    const values = Array.from({ length: 12 }, (_, index) => String(index));
    for (const value of values) {
      await house.submit(first(), house.keyed, { value });
      await house.submit(first(), house.keyed, { value, customer: house.lou });
    }
    for (let round = 0; round < 40; round += 1) {
      await Promise.allSettled(engines.map((engine) => engine.work()));
    }
    const of = (account: string): string[] =>
      house.keyed.ledger.filter((entry) => entry.account === account).map(({ value }) => value);
    expect(of('0001')).toEqual(values);
    expect(of('0002')).toEqual(values);
  }, 60_000);

  it('do not overtake one that waits for its next try', async () => {
    house.keyed.script.push(fails(new AppError('UPSTREAM_UNAVAILABLE', 'down', { retryAfterSeconds: 60 })));
    await house.submit(first(), house.keyed, { value: 'old' });
    await first().work();
    await house.submit(first(), house.keyed, { value: 'new' });
    expect(await second().work()).toBe(0);
    await clock.advance(120_000);
    await first().work();
    await second().work();
    expect(house.keyed.ledger.map(({ value }) => value)).toEqual(['old', 'new']);
  });

  it('do overtake what is uncertain, with an agent, or up to the customer', async () => {
    house.money.script.push(losesAnswer, fails(new AppError('UPSTREAM_REJECTED', 'no')), asks);
    const stuck: string[] = [];
    for (const value of ['1', '2', '3']) {
      stuck.push((await house.submit(first(), house.money, { value })).id);
      await first().work();
    }
    const states = await Promise.all(stuck.map(async (id) => (await house.find(first(), { id })).state));
    expect(states).toEqual(['UNCERTAIN', 'WITH_AGENT', 'NEEDS_CUSTOMER']);
    const later = await house.submit(first(), house.money, { value: '4' });
    await first().work();
    expect((await house.find(first(), later)).state).toBe('DONE');
  });

  it('do not hold up those of another subsidiary or customer', async () => {
    const still = standsStill('before intent');
    house.keyed.script.push(still.turn);
    await house.submit(first(), house.keyed);
    await first().worker.turn();
    await still.reached;
    const elsewhere = await house.submit(first(), house.barn);
    const other = await house.submit(first(), house.keyed, { customer: house.lou });
    expect(await second().work()).toBe(2);
    expect((await house.find(second(), elsewhere)).state).toBe('DONE');
    expect((await house.find(second(), other, house.lou)).state).toBe('DONE');
    still.release();
    await first().worker.idle();
  });

  it('are left alone while the subsidiary is paused, and go on afterwards', async () => {
    await first().desk.pause('SHED', 'Wartung');
    const paused = await house.submit(first(), house.keyed, { waitMs: 2_000 });
    const elsewhere = await house.submit(first(), house.barn);
    expect(await second().work()).toBe(1);
    expect((await house.find(first(), paused)).state).toBe('ACCEPTED');
    expect((await house.find(first(), elsewhere)).state).toBe('DONE');
    expect(await first().desk.pauses()).toMatchObject([{ subsidiary: 'SHED', reason: 'Wartung' }]);
    await first().desk.resume('SHED');
    await second().work();
    expect((await house.find(first(), paused)).state).toBe('DONE');
  });

  it('take no more places than an instance, and a subsidiary in it, has', async () => {
    const engine = house.engine({ clock, concurrent: 3, perSubsidiary: 2 });
    const still = standsStill('before intent');
    house.keyed.script.push(still.turn, still.turn);
    await house.submit(engine, house.keyed);
    await house.submit(engine, house.keyed, { customer: house.lou });
    expect(await engine.worker.turn()).toBe(2);
    await still.reached;
    await house.submit(engine, house.barn);
    await house.submit(engine, house.barn, { customer: house.lou });
    expect(await engine.worker.turn()).toBe(1);
    still.release();
    await engine.worker.idle();
    expect(await engine.work()).toBe(1);
  });
});
