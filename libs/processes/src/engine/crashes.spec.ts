import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import {
  answers,
  losesAnswer,
  standsStill,
  type ScriptedCommand,
  type StopPlace,
} from '../testing/scripted-command.js';

type Dedupe = 'keyed' | 'natural' | 'money';

describe('a process whose instance dies', () => {
  let house: ProcessHouse;
  let first: Engine;
  let second: Engine;

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    first = house.engine({ clock: new TestClock() });
    second = house.engine({ clock: new TestClock() });
  });
  afterAll(() => house.close());

  /** An instance takes the process and stands still there for good, as far as all others can see. */
  async function dieAt(place: StopPlace, command: ScriptedCommand) {
    const still = standsStill(place);
    command.script.push(still.turn);
    const { id } = await house.submit(first, command);
    await first.worker.turn();
    await still.reached;
    await house.letLeasesRunOut();
    return { id, still };
  }

  it('before it took it, is carried out by another one', async () => {
    const { id } = await house.submit(first, house.money);
    await second.work();
    expect((await house.find(first, { id })).state).toBe('DONE');
    expect(house.money.ledger).toHaveLength(1);
  });

  it('is left alone as long as the lease lasts', async () => {
    const still = standsStill('before intent');
    house.keyed.script.push(still.turn);
    await house.submit(first, house.keyed);
    await first.worker.turn();
    await still.reached;
    expect(await second.work()).toBe(0);
    still.release();
    await first.worker.idle();
  });

  it.each(['keyed', 'natural', 'money'] as const)(
    'before the intent, is carried out once by another one (%s)',
    async (dedupe) => {
      const command = house[dedupe];
      const { id, still } = await dieAt('before intent', command);
      await second.work();
      expect((await house.find(first, { id })).state).toBe('DONE');
      // The dead one was only asleep.
      still.release();
      await first.worker.idle();
      expect(command.ledger).toHaveLength(1);
      expect(await house.events(id)).toEqual(['accepted', 'leased', 'leased', 'intent', 'result']);
    },
  );

  it.each([
    ['keyed', 'after intent', ['accepted', 'leased', 'intent', 'leased', 'intent', 'result']],
    ['natural', 'after intent', ['accepted', 'leased', 'intent', 'leased', 'intent', 'result']],
    ['keyed', 'after effect', ['accepted', 'leased', 'intent', 'leased', 'result']],
    ['natural', 'after effect', ['accepted', 'leased', 'intent', 'leased', 'result']],
  ] as const)('%s, %s, is read back and has one effect', async (dedupe, place, events) => {
    const command = house[dedupe as Dedupe];
    const { id, still } = await dieAt(place, command);
    await second.work();
    expect([(await house.find(first, { id })).state, command.readBacks]).toEqual(['DONE', 1]);
    expect(command.ledger).toHaveLength(1);
    // A sleeper wakes up after its own time limit.
    await (first.clock as TestClock).advance(command.attemptMs);
    still.release();
    await first.worker.idle();
    expect(command.ledger).toHaveLength(1);
    expect(await house.events(id)).toEqual(events);
  });

  it.each([
    ['after intent', 0],
    ['after effect', 1],
  ] as const)('with money under way, %s, is never sent again', async (place, effects) => {
    const { id, still } = await dieAt(place, house.money);
    await second.work();
    const view = await house.find(second, { id });
    expect([view.state, view.cancellable, house.money.ledger.length]).toEqual(['UNCERTAIN', false, effects]);
    expect(await second.work()).toBe(0);
    expect((await second.desk.show(id)).reason).toBe('NO_ANSWER');
    await (first.clock as TestClock).advance(house.money.attemptMs);
    still.release();
    await first.worker.idle();
    expect([(await house.find(second, { id })).state, house.money.ledger.length]).toEqual(['UNCERTAIN', effects]);
  });

  it('after the result, is over', async () => {
    const { id } = await house.submit(first, house.keyed);
    await first.work();
    expect(await second.work()).toBe(0);
    expect([(await house.find(second, { id })).state, house.keyed.ledger.length]).toEqual(['DONE', 1]);
  });

  it('does not take the answer of an owner whose place was taken', async () => {
    const { id, still } = await dieAt('after effect', house.keyed);
    const slow = standsStill('before intent');
    house.keyed.readBackError = null;
    house.keyed.ledger.length = 0;
    house.keyed.script.push(slow.turn);
    await second.worker.turn();
    await slow.reached;
    still.release();
    await first.worker.idle();
    expect((await house.find(second, { id })).state).toBe('RUNNING');
    slow.release();
    await second.worker.idle();
    expect((await house.find(second, { id })).state).toBe('DONE');
  });

  it('sends nothing when it wakes up before the intent while another one is at work', async () => {
    const { id, still } = await dieAt('before intent', house.money);
    const slow = standsStill('before intent');
    house.money.script.push(slow.turn);
    await second.worker.turn();
    await slow.reached;
    still.release();
    await first.worker.idle();
    expect(house.money.ledger).toHaveLength(0);
    slow.release();
    await second.worker.idle();
    expect([(await house.find(second, { id })).state, house.money.ledger.length]).toEqual(['DONE', 1]);
  });

  it('waits until what was sent must have arrived before "not there" counts', async () => {
    const still = standsStill('after intent');
    house.natural.script.push(still.turn);
    const { id } = await house.submit(first, house.natural);
    await first.worker.turn();
    await still.reached;
    await house.tables
      .updateTable('process')
      .set({ lease_until: '2026-01-01T00:00:00.000Z' as never })
      .execute();
    await second.work();
    expect([house.natural.readBacks, house.natural.executed]).toEqual([1, 1]);
    // It arrives late.
    still.release();
    await first.worker.idle();
    await (second.clock as TestClock).advance(house.natural.attemptMs);
    await second.work();
    expect([(await house.find(second, { id })).state, house.natural.ledger.length]).toEqual(['DONE', 1]);
  });

  it('is given up when it kills every instance that takes it', async () => {
    const { id } = await house.submit(first, house.keyed);
    const turns = Array.from({ length: 30 }, () => standsStill('before intent'));
    house.keyed.script.push(...turns.map(({ turn }) => turn));
    const engines = turns.map(() => house.engine());
    for (const engine of engines) {
      await engine.worker.turn();
      await house.letLeasesRunOut();
    }
    await second.work();
    for (const { release } of turns) release();
    for (const { worker } of engines) await worker.idle();
    expect((await house.find(first, { id })).state).toBe('WITH_AGENT');
    expect((await first.desk.show(id)).reason).toBe('TRIES_SPENT');
    expect(house.keyed.ledger).toHaveLength(0);
  });

  it.each(['keyed', 'natural'] as const)(
    'with a lost answer and no death, is read back and not sent again (%s)',
    async (dedupe) => {
      const command = house[dedupe];
      command.script.push(losesAnswer, answers);
      const { id } = await house.submit(first, command);
      await first.work();
      expect((await house.find(first, { id })).state).toBe('ACCEPTED');
      await (first.clock as TestClock).advance(60_000);
      await first.work();
      expect([(await house.find(first, { id })).state, command.executed, command.ledger.length]).toEqual([
        'DONE',
        1,
        1,
      ]);
    },
  );
});
