import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { sql } from '#lib/store';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { fails, losesAnswer } from '../testing/scripted-command.js';

const OPERATOR = { actor: 'op-1', reason: 'Rückfrage' };

describe("the operators' desk", () => {
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

  async function uncertain(): Promise<string> {
    house.money.script.push(losesAnswer);
    const { id } = await house.submit(engine, house.money, { value: 'Zaubergarten' });
    await engine.work();
    return id;
  }

  it('lists what is open, the nearest deadline first, by state, subsidiary and age', async () => {
    const old = await house.submit(engine, house.keyed);
    await house.clock.advance(600_000);
    const late = await house.submit(engine, house.barn);
    await house.submit(engine, house.keyed, { customer: house.lou });
    const ids = async (filter = {}): Promise<string[]> => (await engine.desk.list(filter)).map(({ id }) => id);
    expect((await ids())[0]).toBe(old.id);
    expect((await engine.desk.list())[0]).toMatchObject({ secondsToDeadline: 4 * 3_600 - 600, state: 'ACCEPTED' });
    expect(await ids({ subsidiary: 'BARN' })).toEqual([late.id]);
    expect(await ids({ olderThanSeconds: 600 })).toEqual([old.id]);
    expect(await ids({ first: 1 })).toEqual([old.id]);
    expect(await ids({ states: ['UNCERTAIN'] })).toEqual([]);
  });

  it('counts by state and age, for metrics', async () => {
    await uncertain();
    await house.submit(engine, house.keyed);
    await house.clock.advance(90_000);
    expect(await engine.desk.counts()).toEqual([
      { kind: 'shed.keyed', subsidiary: 'SHED', state: 'ACCEPTED', count: 1, oldestSeconds: 90 },
      { kind: 'shed.money', subsidiary: 'SHED', state: 'UNCERTAIN', count: 1, oldestSeconds: 90 },
    ]);
  });

  it('shows a process with its journal and nothing personal; that only on request, and on record', async () => {
    const id = await uncertain();
    const plain = await engine.desk.show(id);
    expect(plain.journal.map(({ event }) => event)).toEqual(['accepted', 'leased', 'intent', 'uncertain']);
    expect(JSON.stringify([plain, await engine.desk.list()])).not.toMatch(/Zaubergarten|0001|c-1|kim/i);
    const personal = await engine.desk.showPersonal(id, OPERATOR);
    expect(personal.inputs).toEqual([
      { key: 'shed.money', account: '0001', input: { slot: 's-1', value: 'Zaubergarten' } },
    ]);
    const { rows } = await sql<{ actor: string; operation: string; subsidiary: string }>`
      select actor, operation, subsidiary from access_record`.execute(house.tables);
    expect(rows).toEqual([{ actor: 'op-1', operation: 'shed.money.show', subsidiary: 'SHED' }]);
    await expect(engine.desk.show('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('resolves what is uncertain as done or refused, once', async () => {
    const [done, refused] = [await uncertain(), await uncertain()];
    await engine.desk.resolve(done, 'done', OPERATOR);
    await engine.desk.resolve(refused, 'refused', OPERATOR);
    expect((await house.find(engine, { id: done })).state).toBe('DONE');
    expect(await house.find(engine, { id: refused })).toMatchObject({
      state: 'REFUSED',
      refusal: { code: 'NOT_POSSIBLE' },
    });
    expect((await engine.desk.show(done)).journal.at(-1)).toMatchObject({
      event: 'resolved',
      data: { actor: 'op-1', reason: 'Rückfrage', as: 'done' },
    });
    await expect(engine.desk.resolve(done, 'refused', OPERATOR)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('sends what is uncertain again only on the assurance that it had no effect', async () => {
    const id = await uncertain();
    await expect(engine.desk.retry(id, OPERATOR)).rejects.toMatchObject({ code: 'CONFLICT' });
    house.money.ledger.length = 0;
    await engine.desk.retry(id, OPERATOR, true);
    await engine.work();
    expect([(await house.find(engine, { id })).state, house.money.ledger.length]).toEqual(['DONE', 1]);
  });

  it('tries again what was given up in doubt by reading back first', async () => {
    house.natural.script.push(losesAnswer);
    house.natural.readBackError = new AppError('UPSTREAM_UNAVAILABLE', 'down');
    const { id } = await house.submit(engine, house.natural);
    await engine.work();
    await house.clock.advance(4 * 3_600_000);
    await engine.work();
    expect(await engine.desk.show(id)).toMatchObject({ state: 'WITH_AGENT', reason: 'DEADLINE' });
    house.natural.readBackError = null;
    await engine.desk.retry(id, OPERATOR);
    await engine.work();
    expect([(await house.find(engine, { id })).state, house.natural.ledger.length]).toEqual(['DONE', 1]);
  });

  it('leaves alone what is under way', async () => {
    const { id } = await house.submit(engine, house.keyed);
    await expect(engine.desk.retry(id, OPERATOR)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(engine.desk.resolve(id, 'done', OPERATOR)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(engine.desk.pause('NOWHERE', 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('keeps texts of legacy systems in the journal short', async () => {
    const endless = new AppError('UPSTREAM_REJECTED', 'no', { upstreamCode: 'X'.repeat(10_000) });
    house.keyed.script.push(fails(endless));
    const { id } = await house.submit(engine, house.keyed);
    await engine.work();
    expect((await engine.desk.show(id)).journal.at(-1)?.data['upstreamCode']).toHaveLength(500);
  });
});
