import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { openScope } from '#lib/testing';
import { ProcessHouse, type Engine, type OrderWishes } from '../testing/process-house.js';
import { asks, fails, losesAnswer, standsStill } from '../testing/scripted-command.js';
import type { CustomersProcess } from './customer-changes.js';

describe('a process and its customer', () => {
  let house: ProcessHouse;
  let engine: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    engine = house.engine();
  });
  afterAll(() => house.close());

  const target = ({ id }: { id: string }, customer = house.kim): CustomersProcess => {
    const principal = { kind: 'customer', subject: customer.subject!, expiresAt: Number.MAX_SAFE_INTEGER } as const;
    return { id, customer, scope: openScope(house.clock, { principal, waitMs: 0 }) };
  };

  async function asked(wishes: OrderWishes = {}) {
    house.keyed.script.push(asks, asks);
    const process = await house.submit(engine, house.keyed, wishes);
    await engine.work();
    return house.find(engine, process);
  }

  it('asks, takes one of the offered answers, and goes on with it under a key of its own', async () => {
    const process = await asked();
    expect([process.state, process.refusal?.problems[0]?.choices, process.cancellable]).toEqual([
      'NEEDS_CUSTOMER',
      [{ value: '7', label: 'Es stimmt.' }],
      true,
    ]);
    const before = await house.tables.selectFrom('process_step').select('effect_key').executeTakeFirstOrThrow();
    const answered = await engine.service.answer(target(process), '7');
    expect([answered.state, answered.refusal]).toEqual(['ACCEPTED', null]);
    await engine.work();
    expect((await house.find(engine, process)).state).toBe('DONE');
    expect(house.keyed.ledger).toHaveLength(1);
    expect(house.keyed.ledger[0]?.key).not.toBe(before.effect_key);
    expect(await house.events(process.id)).toEqual([
      'accepted',
      'leased',
      'intent',
      'question',
      'answered',
      'leased',
      'intent',
      'result',
    ]);
  });

  it('takes no other answer, none from others, and none twice', async () => {
    const process = await asked();
    await expect(engine.service.answer(target(process), '8')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'choice' },
    });
    await expect(engine.service.answer(target(process, house.lou), '7')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const twice = await Promise.allSettled([1, 2].map(() => engine.service.answer(target(process), '7')));
    expect(twice.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(engine.service.answer(target(process), '7')).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('goes to an agent when nobody answers in time', async () => {
    const process = await asked();
    await house.clock.advance(4 * 3_600_000);
    await engine.work();
    expect(await engine.desk.show(process.id)).toMatchObject({ state: 'WITH_AGENT', reason: 'DEADLINE' });
  });

  it('is cancelled while nothing was sent, also in a pause between tries, and again without harm', async () => {
    house.keyed.script.push(fails(new AppError('UPSTREAM_UNAVAILABLE', 'down')));
    const process = await house.submit(engine, house.keyed);
    await engine.work();
    expect((await engine.service.cancel(target(process))).state).toBe('CANCELLED');
    expect((await engine.service.cancel(target(process))).state).toBe('CANCELLED');
    await house.clock.advance(60_000);
    expect(await engine.work()).toBe(0);
    expect(house.keyed.ledger).toHaveLength(0);
  });

  it('is cancelled at a question', async () => {
    const process = await asked();
    const { state, steps } = await engine.service.cancel(target(process));
    expect([state, steps[0]?.state]).toEqual(['CANCELLED', 'CANCELLED']);
  });

  it('is cancelled under the hands of an instance that has sent nothing yet, which then sends nothing', async () => {
    const still = standsStill('before intent');
    house.money.script.push(still.turn);
    const process = await house.submit(engine, house.money);
    await engine.worker.turn();
    await still.reached;
    expect((await engine.service.cancel(target(process))).state).toBe('CANCELLED');
    still.release();
    await engine.worker.idle();
    expect([(await house.find(engine, process)).state, house.money.ledger.length]).toEqual(['CANCELLED', 0]);
  });

  it.each(['done', 'in doubt', 'uncertain'] as const)('is not cancelled once it is %s', async (how) => {
    const command = how === 'in doubt' ? house.natural : house.money;
    if (how !== 'done') command.script.push(losesAnswer);
    const process = await house.submit(engine, command);
    await engine.work();
    expect((await house.find(engine, process)).cancellable).toBe(false);
    await expect(engine.service.cancel(target(process))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is told by mail of receipt, question and outcome, each once', async () => {
    const process = await asked({ receiptTo: 'kim@example.org' });
    await engine.service.answer(target(process), '7');
    await engine.work();
    const other = house.engine();
    const [mine, theirs] = await Promise.all([engine.mail.take(), other.mail.take()]);
    const taken = [...mine, ...theirs].toSorted((left, right) => (left.id < right.id ? -1 : 1));
    expect(taken.map(({ occasion }) => occasion)).toEqual(['receipt', 'question', 'done']);
    expect(taken.every(({ customerId, processId }) => customerId === 'c-1' && processId === process.id)).toBe(true);
    await engine.mail.sent(taken[0]!);
    await house.clock.advance(60_000);
    expect((await engine.mail.take()).map(({ occasion }) => occasion)).toEqual(['question', 'done']);
  });
});
