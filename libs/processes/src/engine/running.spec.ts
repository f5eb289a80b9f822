import { Test } from '@nestjs/testing';
import { Module } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessRecord, Coherence, CustomerAccess, PostgresEpochLog } from '#lib/customer';
import { AppError, CLOCK, Refusal, systemClock } from '#lib/kernel';
import { Store } from '#lib/store';
import { directoryOf, noRecord, openScope, customerPrincipal } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { OperatorDesk } from '../desk/operator-desk.js';
import type { ProcessView } from '../model/process-view.js';
import { ProcessesModule } from '../processes.module.js';
import { ProcessesSettings } from '../processes.settings.js';
import { MailSettings } from '../receipts/mail.settings.js';
import { ReceiptSigner } from '../receipts/receipt-signer.js';
import { CommandService } from '../submit/command-service.js';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { answers, fails, ScriptedCommand, standsStill } from '../testing/scripted-command.js';

/** Long enough for every outcome here; the answer comes as soon as there is one. */
const PATIENCE_MS = 30_000;

describe('instances at work', () => {
  let house: ProcessHouse;
  const started: Engine[] = [];

  beforeAll(async () => {
    house = await ProcessHouse.open();
  }, 60_000);
  beforeEach(() => house.clear());
  afterEach(async () => {
    for (const engine of started.splice(0)) await stop(engine);
  });
  afterAll(() => house.close());

  const open = (): Engine => house.engine({ clock: systemClock });
  const start = (): Engine => {
    const engine = open();
    started.push(engine);
    engine.worker.onApplicationBootstrap();
    return engine;
  };
  const stop = async (engine: Engine): Promise<void> => {
    await engine.worker.beforeApplicationShutdown();
    engine.service.beforeApplicationShutdown();
  };
  const wait = (engine: Engine, command: ScriptedCommand, wishes = {}): Promise<ProcessView> =>
    house.submit(engine, command, { waitMs: PATIENCE_MS, ...wishes });

  it('answer with the outcome as soon as another instance has it, and 20 times at once', async () => {
    const web = open();
    start();
    start();
    const wishes = Array.from({ length: 20 }, (_, index) => ({ value: String(index), key: 'k' + String(index) }));
    const views = await Promise.all(wishes.map((wish) => wait(web, house.keyed, wish)));
    expect(new Set(views.map(({ state }) => state))).toEqual(new Set(['DONE']));
    expect(house.keyed.ledger).toHaveLength(20);
    web.service.beforeApplicationShutdown();
  }, 60_000);

  it('answer 50 equal submissions with one outcome', async () => {
    const engine = start();
    const views = await Promise.all(
      Array.from({ length: 50 }, () => wait(engine, house.money, { key: 'k-1', value: '5' })),
    );
    expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1);
    expect([views[0]?.state, house.money.ledger.length]).toEqual(['DONE', 1]);
  }, 60_000);

  it('do not let anybody wait while the breaker is open or the subsidiary is paused', async () => {
    const engine = open();
    await engine.desk.pause('SHED', 'Wartung');
    expect((await wait(engine, house.keyed)).state).toBe('ACCEPTED');
    await engine.desk.resume('SHED');
    const signal = new AbortController().signal;
    const target = { subsidiary: 'SHED', system: 'ledger', account: '0001', signal };
    for (let index = 0; index < 5; index += 1) {
      await engine.upstream.write(target, () => Promise.reject(new AppError('UPSTREAM_TIMEOUT', ''))).catch(() => 0);
    }
    expect((await wait(engine, house.keyed)).state).toBe('ACCEPTED');
  }, 60_000);

  it('let go who has gone, and whoever waits when the instance stops', async () => {
    const engine = open();
    const gone = new AbortController();
    const scope = openScope(systemClock, {
      principal: customerPrincipal('kim'),
      waitMs: PATIENCE_MS,
      signal: gone.signal,
    });
    const order = { ...house.order(house.keyed), scope };
    const waiting = engine.service.submit(order);
    gone.abort();
    expect(await waiting).toMatchObject({ state: 'ACCEPTED' });
    const other = wait(engine, house.keyed);
    engine.service.beforeApplicationShutdown();
    expect((await other).state).toBe('ACCEPTED');
  }, 60_000);

  it('hand on at a stop what has sent nothing, and finish what has', async () => {
    const [unsent, sent] = [standsStill('before intent'), standsStill('after intent')];
    house.keyed.script.push(unsent.turn);
    house.money.script.push(sent.turn);
    const engine = start();
    const first = await house.submit(engine, house.keyed);
    const second = await house.submit(engine, house.money, { customer: house.lou });
    await Promise.all([unsent.reached, sent.reached]);
    const stopped = stop(engine);
    sent.release();
    await stopped;
    unsent.release();
    expect((await house.find(engine, second, house.lou)).state).toBe('DONE');
    expect((await house.find(engine, first)).state).toBe('ACCEPTED');
    const other = open();
    await other.work();
    expect((await house.find(other, first)).state).toBe('DONE');
    expect([house.keyed.ledger.length, house.money.ledger.length]).toEqual([1, 1]);
  }, 60_000);

  it('keep their leases while they work for longer than one lasts', async () => {
    const still = standsStill('before intent');
    house.keyed.script.push(still.turn);
    const engine = start();
    const waiting = wait(engine, house.keyed);
    await still.reached;
    const lease = async (): Promise<string> => {
      const row = await house.tables.selectFrom('process').select('lease_until').executeTakeFirstOrThrow();
      return row.lease_until!;
    };
    const before = await lease();
    while ((await lease()) === before) await new Promise((resolve) => setImmediate(resolve));
    still.release();
    expect((await waiting).state).toBe('DONE');
    expect(await house.events((await waiting).id)).toEqual(['accepted', 'leased', 'intent', 'result']);
  }, 60_000);

  it('take over by themselves what a dead instance held', async () => {
    const still = standsStill('before intent');
    house.keyed.script.push(still.turn);
    const dead = open();
    const { id } = await house.submit(dead, house.keyed);
    await dead.worker.turn();
    await still.reached;
    const living = start();
    // The lease runs out by the database's clock.
    const key = await house.submit(living, house.keyed, { value: '2', waitMs: PATIENCE_MS });
    expect(key.state).toBe('DONE');
    expect((await house.find(living, { id })).state).toBe('DONE');
    still.release();
    await dead.worker.idle();
    expect(house.keyed.ledger.map(({ value }) => value)).toEqual(['1', '2']);
  }, 60_000);

  it('survive a restart of the database without losing or doubling anything', async () => {
    const engine = start();
    house.money.script.push(fails(new AppError('UPSTREAM_UNAVAILABLE', 'down', { unsent: true }), true), answers);
    const { id } = await house.submit(engine, house.money);
    await house.base.restart();
    for (;;) {
      const view = await house.find(engine, { id }).catch(() => null);
      if (view?.state === 'DONE') break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(house.money.ledger).toHaveLength(1);
  }, 60_000);
});

describe('the module', () => {
  it('finds commands in the modules of subsidiaries, and carries them out from start to stop', async () => {
    const house = await ProcessHouse.open();
    class Note extends ScriptedCommand {
      constructor() {
        super('shed.note', 'key');
      }
    }
    @Module({ providers: [Note] })
    class ShedModule {}
    const settings = { roles: 'web,worker', concurrent: 4, perSubsidiary: 4 };
    const upstream = new Upstream(systemClock, { concurrent: 4, waiting: 4, cacheBytes: 1_000 });
    const access = new CustomerAccess(directoryOf(house.kim), upstream, systemClock, noRecord);
    const surroundings = [
      { provide: CLOCK, useValue: systemClock },
      { provide: Store, useValue: house.store },
      { provide: Upstream, useValue: upstream },
      { provide: CustomerAccess, useValue: access },
      { provide: Coherence, useValue: new Coherence(new PostgresEpochLog(house.store), systemClock) },
      { provide: AccessRecord, useValue: noRecord },
      { provide: ProcessesSettings, useValue: settings },
      { provide: MailSettings, useValue: new MailSettings() },
    ];
    @Module({})
    class Surroundings {}
    const subsidiaries = [{ key: 'SHED', commands: [Note] }];
    const built = await Test.createTestingModule({
      imports: [
        {
          module: Surroundings,
          global: true,
          providers: surroundings,
          exports: surroundings.map(({ provide }) => provide),
        },
        ShedModule,
        ProcessesModule.of({ subsidiaries, open: true, sandbox: true }),
      ],
    }).compile();
    const program = await built.init();
    const order = house.order({ kind: 'shed.note' }, { waitMs: PATIENCE_MS, clock: systemClock });
    const outcome = await program.get(CommandService).submit(order);
    expect(outcome).not.toBeInstanceOf(Refusal);
    expect(outcome).toMatchObject({ state: 'DONE', kind: 'shed.note' });
    expect((await program.get(ReceiptSigner).publicKeys()).keys).toHaveLength(1);
    expect(await program.get(OperatorDesk).counts()).toEqual([]);
    await program.close();
    await house.close();
  }, 60_000);
});
