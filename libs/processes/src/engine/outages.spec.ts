import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { TestClock } from '#lib/testing';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { answers, fails, refuses } from '../testing/scripted-command.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a process whose legacy system fails', () => {
  let house: ProcessHouse;
  let engine: Engine;
  let clock: TestClock;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    clock = new TestClock();
    engine = house.engine({ clock });
  });
  afterAll(() => house.close());

  const state = async (id: string): Promise<string> => (await house.find(engine, { id })).state;
  const down = new AppError('UPSTREAM_UNAVAILABLE', 'down', { unsent: true, system: 'ledger' });

  /** Lets time pass, with a look for what is due every minute. */
  async function workFor(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += MINUTE_MS) {
      await engine.work();
      await clock.advance(MINUTE_MS);
    }
  }

  it('for two hours is done when it is back, also money, and each once', async () => {
    const commands = [house.keyed, house.natural, house.money];
    for (const command of commands) command.script.push(...Array.from({ length: 10_000 }, () => fails(down, true)));
    const ids: string[] = [];
    for (const command of commands) ids.push((await house.submit(engine, command)).id);
    await workFor(2 * HOUR_MS);
    for (const command of commands) command.script.length = 0;
    await workFor(15 * MINUTE_MS);
    for (const id of ids) expect(await state(id)).toBe('DONE');
    expect(commands.map(({ ledger }) => ledger.length)).toEqual([1, 1, 1]);
    // The others of that customer wait their turn meanwhile, so the first one's tries are all there are.
    expect(house.keyed.executed).toBeLessThan(130);
  }, 60_000);

  it('goes to an agent at its deadline, with the reason, and can be tried again from there', async () => {
    house.keyed.script.push(...Array.from({ length: 10_000 }, () => fails(down)));
    const { id } = await house.submit(engine, house.keyed);
    await engine.work();
    await clock.advance(4 * HOUR_MS);
    await engine.work();
    const view = await house.find(engine, { id });
    expect([view.state, view.deadline]).toEqual(['WITH_AGENT', null]);
    expect(await engine.desk.show(id)).toMatchObject({ reason: 'DEADLINE', inDoubtSince: null });
    house.keyed.script.length = 0;
    await engine.desk.retry(id, { actor: 'op-1', reason: 'the system is back' });
    await engine.work();
    expect(await state(id)).toBe('DONE');
  });

  it('waits as long as an open breaker says, and that costs no try', async () => {
    const open = new AppError('UPSTREAM_UNAVAILABLE', 'left alone', { unsent: true, retryAfterSeconds: 10 });
    house.money.script.push(fails(open, true));
    const { id } = await house.submit(engine, house.money);
    await engine.work();
    await clock.advance(9_999);
    expect(await engine.work()).toBe(0);
    await clock.advance(1_100);
    await engine.work();
    expect(await state(id)).toBe('DONE');
    const [row] = await house.tables.selectFrom('process').select(['spent', 'attempts']).execute();
    expect(row).toEqual({ spent: 0, attempts: 2 });
  });

  it('goes to an agent when it fails again and again for a reason that does not pass', async () => {
    const bug = fails(new AppError('UPSTREAM_MALFORMED', 'garbage'));
    house.keyed.script.push(...Array.from({ length: 100 }, () => bug));
    const { id } = await house.submit(engine, house.keyed);
    await workFor(3 * HOUR_MS);
    expect([await state(id), house.keyed.executed]).toEqual(['WITH_AGENT', 20]);
    expect((await engine.desk.show(id)).reason).toBe('TRIES_SPENT');
  }, 60_000);

  it('and rejects it goes to an agent at once; nothing is in doubt', async () => {
    const rejected = new AppError('UPSTREAM_REJECTED', 'no', { system: 'ledger', upstreamCode: 'EL/424' });
    house.money.script.push(fails(rejected, true));
    const { id } = await house.submit(engine, house.money);
    await engine.work();
    expect(await engine.desk.show(id)).toMatchObject({ state: 'WITH_AGENT', reason: 'ERROR', inDoubtSince: null });
    expect((await engine.desk.show(id)).journal.at(-1)).toMatchObject({
      event: 'with-agent',
      data: { error: 'UPSTREAM_REJECTED', upstreamCode: 'EL/424', inDoubt: false },
    });
  });

  it('and refuses it is refused, with the same shape as a refusal at once', async () => {
    house.keyed.script.push(refuses('NOT_POSSIBLE'));
    const { id } = await house.submit(engine, house.keyed);
    await engine.work();
    const { state: now, refusal, result, cancellable } = await house.find(engine, { id });
    expect([now, refusal?.code, refusal?.subsidiaryMessage, result, cancellable]).toEqual([
      'REFUSED',
      'NOT_POSSIBLE',
      'So nicht.',
      null,
      false,
    ]);
  });

  it('beyond its time for one try is read back later, also when it does not heed its signal', async () => {
    house.natural.script.push(async (_input, attempt) => {
      await attempt.intend();
      return new Promise(() => undefined);
    });
    const { id } = await house.submit(engine, house.natural);
    await engine.worker.turn();
    await waitFor(async () => (await house.events(id)).includes('intent'));
    await clock.advance(house.natural.attemptMs);
    await engine.worker.idle();
    expect(await engine.desk.show(id)).toMatchObject({ state: 'ACCEPTED' });
    expect((await house.events(id)).at(-1)).toBe('retry');
    expect((await engine.desk.show(id)).inDoubtSince).not.toBeNull();
  });

  it('cannot be asked what became of it, so nothing is sent until it can', async () => {
    house.natural.script.push(fails(new AppError('UPSTREAM_TIMEOUT', 'no answer'), true), answers);
    const { id } = await house.submit(engine, house.natural);
    await engine.work();
    house.natural.readBackError = new AppError('UPSTREAM_UNAVAILABLE', 'down');
    await workFor(30 * MINUTE_MS);
    expect([await state(id), house.natural.executed]).toEqual(['ACCEPTED', 1]);
    await clock.advance(4 * HOUR_MS);
    await engine.work();
    expect(await engine.desk.show(id)).toMatchObject({ state: 'WITH_AGENT', reason: 'DEADLINE' });
    expect((await engine.desk.show(id)).inDoubtSince).not.toBeNull();
  }, 60_000);

  it('has its outcome written down although the database is away for a moment', async () => {
    let tell: () => void = () => undefined;
    const away = new Promise<void>((resolve) => (tell = resolve));
    house.money.script.push(async (input, attempt, command) => {
      const effect = await answers(input, attempt, command);
      await house.base.stopImmediately();
      tell();
      return effect;
    });
    const { id } = await house.submit(engine, house.money);
    await engine.worker.turn();
    await away;
    await house.base.start();
    const ended = engine.worker.idle();
    const over = { yes: false };
    void ended.then(() => (over.yes = true));
    await waitFor(async () => {
      await clock.advance(500);
      return over.yes;
    });
    expect([await state(id), house.money.ledger.length]).toEqual(['DONE', 1]);
  }, 60_000);
});

/** Turns the event loop until something is so. */
async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
