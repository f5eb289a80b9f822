import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Coherence, customerMigrations, PostgresDirectory, PostgresEpochLog, verifyRecord } from '#lib/customer';
import { instantOf, systemClock, type AgentPrincipal, type Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import { openTestStore, type TestStore } from '#lib/testing';
import { accessMigrations } from '../persistence/migrations.js';
import type { MandateTables } from './mandate.tables.js';
import { Mandates } from './mandates.js';

const START = Date.parse('2026-11-22T12:00:00Z');

/** Wall-clock time moved by hand; leases and waits in real time. */
class Wall implements Clock {
  time = START;
  readonly now = (): number => this.time;
  readonly monotonic = systemClock.monotonic;
  readonly after = systemClock.after;
}

/** One gateway's view of mandates. */
class Instance {
  readonly coherence: Coherence;
  readonly mandates: Mandates;
  readonly directory: PostgresDirectory;

  constructor(store: Store, clock: Clock) {
    this.coherence = new Coherence(new PostgresEpochLog(store), clock);
    this.mandates = new Mandates(store, this.coherence, clock);
    this.directory = new PostgresDirectory(store, this.coherence);
  }
}

describe('the mandate of an agent', () => {
  const clock = new Wall();
  let database: TestStore;
  let one: Instance;
  let other: Instance;
  let agent: AgentPrincipal;
  let customers: string[];

  beforeAll(async () => {
    database = await openTestStore([customerMigrations, accessMigrations]);
    one = new Instance(database.store, clock);
    other = new Instance(await database.another(), clock);
    await Promise.all([one.coherence.onModuleInit(), other.coherence.onModuleInit()]);
  }, 60_000);
  afterAll(async () => {
    one.coherence.onApplicationShutdown();
    other.coherence.onApplicationShutdown();
    await database.close();
  });

  beforeEach(async () => {
    clock.time = START;
    agent = {
      kind: 'agent',
      subject: randomUUID(),
      subsidiary: 'SEA',
      role: 'service',
      mandate: null,
      expiresAt: START + 8 * 3_600_000,
    };
    customers = [randomUUID(), randomUUID()];
    const rows = customers.map((id) => ({ id, name: 'Nele Anker', subject: null, created_at: instantOf(START) }));
    await tables().insertInto('customer').values(rows).execute();
  });

  const tables = () => database.store.tables<MandateTables>();
  const order = (customerId = customers[0]!) => ({ customerId, reason: 'Frage', proof: 'walk-in' as const });
  const epochs = async (instance: Instance): Promise<(number | undefined)[]> =>
    Promise.all(customers.map(async (id) => (await instance.directory.find(id))?.rightsEpoch));
  const rows = () => tables().selectFrom('mandate').selectAll().where('agent', '=', agent.subject).execute();

  it('is known to every instance when its opening has answered, and to none when its end has', async () => {
    expect(await other.mandates.find(agent.subject)).toBeNull();
    const opened = await one.mandates.open(agent, order());
    expect([await one.mandates.find(agent.subject), await other.mandates.find(agent.subject)]).toEqual([
      opened,
      opened,
    ]);
    await other.mandates.end(agent.subject);
    expect([await one.mandates.find(agent.subject), await other.mandates.find(agent.subject)]).toEqual([null, null]);
    expect(await rows()).toMatchObject([{ id: opened.id, ended_at: instantOf(START) }]);
  });

  it('raises the epoch of the customer at its opening and at its end, so that answers under way are not sent', async () => {
    expect(await epochs(other)).toEqual([1, 1]);
    await one.mandates.open(agent, order());
    expect(await epochs(other)).toEqual([2, 1]);
    await one.mandates.open(agent, order(customers[1]));
    expect(await epochs(other)).toEqual([3, 2]);
    await one.mandates.end(agent.subject);
    expect(await epochs(other)).toEqual([3, 3]);
    await one.mandates.end(agent.subject);
    expect(await epochs(other)).toEqual([3, 3]);
  });

  it('is one at a time, whatever instances are asked at once', async () => {
    const instances = [one, other, one, other];
    const opened = await Promise.all(
      instances.map(({ mandates }, index) => mandates.open(agent, order(customers[index % 2]))),
    );
    const open = (await rows()).filter(({ ended_at: ended }) => ended === null);
    expect(open).toHaveLength(1);
    expect(opened.map(({ id }) => id)).toContain(open[0]!.id);
    expect((await other.mandates.find(agent.subject))?.id).toBe(open[0]!.id);
  });

  it('lasts thirty minutes and never longer than the sign-in', async () => {
    const { expiresAt } = await one.mandates.open(agent, order());
    expect(expiresAt).toBe(START + 30 * 60_000);
    clock.time = expiresAt - 1;
    expect(await other.mandates.find(agent.subject)).not.toBeNull();
    clock.time = expiresAt;
    expect(await other.mandates.find(agent.subject)).toBeNull();
    const until = expiresAt + 60_000;
    expect((await one.mandates.open({ ...agent, expiresAt: until }, order())).expiresAt).toBe(until);
    expect((await rows()).map(({ ended_at: ended }) => ended)).toContain(instantOf(expiresAt));
  });

  it('belongs to the session in which it was opened', async () => {
    await one.mandates.open({ ...agent, sessionId: 's-1' }, order());
    const found = [undefined, 's-1', 's-2'].map((session) => other.mandates.find(agent.subject, session));
    expect((await Promise.all(found)).map((mandate) => mandate !== null)).toEqual([false, true, false]);
    await one.mandates.open(agent, order());
    const later = ['s-1', undefined].map((session) => other.mandates.find(agent.subject, session));
    expect((await Promise.all(later)).map((mandate) => mandate !== null)).toEqual([false, true]);
  });

  it('is open only as long as it is the very same', async () => {
    const mandate = await one.mandates.open(agent, order());
    expect(await other.mandates.isOpen({ ...agent, mandate })).toBe(true);
    await one.mandates.open(agent, order());
    expect(await other.mandates.isOpen({ ...agent, mandate })).toBe(false);
    expect(await other.mandates.isOpen(agent)).toBe(false);
  });

  it('goes into the record of access with both subjects, or is not opened', async () => {
    await one.mandates.open(agent, order());
    const record = tables().selectFrom('access_record').selectAll().where('actor', '=', agent.subject);
    expect(await record.execute()).toMatchObject([
      { customer_id: customers[0], actor_kind: 'agent', subsidiary: 'SEA', operation: 'mandate.open', reason: 'Frage' },
    ]);
    await expect(one.mandates.open(agent, order('nobody'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await record.execute()).toHaveLength(1);
    expect(await other.mandates.find(agent.subject)).not.toBeNull();
    expect((await verifyRecord(database.store, () => undefined)).faultCount).toBe(0);
  });
});
