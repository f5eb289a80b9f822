import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '#lib/testing';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { answers, losesAnswer } from '../testing/scripted-command.js';
import { PROCESS_STEPS, STEP_CHANNEL, type StepNotice } from './steps.js';

describe('the steps of a process', () => {
  let house: ProcessHouse;
  let engine: Engine;
  let seen: StepNotice[];
  let atStep: (notice: StepNotice) => void;
  const observe = (message: unknown): void => {
    seen.push(message as StepNotice);
    atStep(message as StepNotice);
  };

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(async () => {
    await house.clear();
    engine = house.engine({ clock: new TestClock() });
    seen = [];
    atStep = () => undefined;
    subscribe(STEP_CHANNEL, observe);
  });
  afterEach(() => void unsubscribe(STEP_CHANNEL, observe));
  afterAll(() => house.close());

  const names = (): string[] => seen.map(({ step }) => step);

  it('are told in their order, with the process and its kind', async () => {
    const { id } = await house.submit(engine, house.keyed);
    await engine.work();
    const usual = PROCESS_STEPS.filter((step) => !step.startsWith('read'));
    expect(seen).toEqual(usual.map((step) => ({ step, processId: id, kind: 'shed.keyed' })));
  });

  it('tell that an unanswered intent is read back', async () => {
    house.natural.script.push(losesAnswer, answers);
    await house.submit(engine, house.natural);
    await engine.work();
    await (engine.clock as TestClock).advance(60_000);
    seen = [];
    await engine.work();
    expect(names()).toEqual(['leasing', 'leased', 'reading-back', 'read-back', 'settling', 'settled']);
  });

  it.each([
    ['its time, before the intent', 5_000, (sleep: () => void) => sleep()],
    ['its new lease, while the intent was written', 3_000, queueMicrotask],
  ] as const)('let an instance that stood still beyond %s (%d ms) send nothing', async (_when, slept, when) => {
    // As after a SIGSTOP: the clock has gone on, and no timer had its turn yet.
    let asleep = 0;
    runAhead(engine.clock as TestClock, () => asleep);
    atStep = ({ step }) => {
      if (step === 'intending') when(() => (asleep = slept));
    };
    const { id } = await house.submit(engine, house.money);
    await engine.work();
    expect([(await house.find(engine, { id })).state, house.money.ledger.length]).toEqual(['ACCEPTED', 0]);
    expect(names()).not.toContain('intended');
  });
});

/** Lets the monotonic clock run ahead of its timers. */
function runAhead(clock: TestClock, ahead: () => number): void {
  const start = clock.monotonic();
  clock.monotonic = () => start + ahead();
}
