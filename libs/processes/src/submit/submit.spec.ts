import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal, type Principal } from '#lib/kernel';
import { sql } from '#lib/store';
import { customerPrincipal } from '#lib/testing';
import { ProcessHouse, type Engine } from '../testing/process-house.js';
import { refuses } from '../testing/scripted-command.js';

const DAY_MS = 86_400_000;

describe('a submission', () => {
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

  const count = async (table: 'process' | 'process_key' | 'process_journal' | 'process_mail'): Promise<number> =>
    (await house.tables.selectFrom(table).selectAll().execute()).length;

  it('is one process and 50 equal answers, however many arrive at once over two instances', async () => {
    const other = house.engine({ store: await house.base.another() });
    const order = house.order(house.money, { key: 'k-1' });
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 2 ? engine : other).service.submit(order)),
    );
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect([await count('process'), await count('process_key'), await count('process_journal')]).toEqual([1, 1, 1]);
    await engine.work();
    expect(house.money.ledger).toHaveLength(1);
  }, 30_000);

  it('again is the same process in its present state, whatever the order of its properties', async () => {
    const input = { slot: 's', value: '1' };
    const first = await house.submit(engine, house.money, { key: 'k-1', input });
    await engine.work();
    const again = await house.submit(engine, house.money, { key: 'k-1', input: { value: '1', slot: 's', extra: 1 } });
    expect([again.id, first.state, again.state, again.receipt]).toEqual([first.id, 'ACCEPTED', 'DONE', first.receipt]);
  });

  it('with the same key and another input, or for another customer, is a conflict', async () => {
    await house.submit(engine, house.money, { key: 'k-1', value: '1' });
    const conflict = { code: 'CONFLICT', details: { path: 'key' } };
    await expect(house.submit(engine, house.money, { key: 'k-1', value: '2' })).rejects.toMatchObject(conflict);
    // Another command and another caller have their own keys.
    await house.submit(engine, house.keyed, { key: 'k-1', value: '2' });
    await house.submit(engine, house.money, { key: 'k-1', value: '2', customer: house.lou });
    expect(await count('process')).toBe(3);
  });

  it.each([
    ['', 'empty'],
    ['x'.repeat(256), 'too long'],
    ['a\u0000b', 'not printable'],
    ['schlüssel', 'not ASCII'],
    ['natural:00', 'like a derived one'],
    [null, 'missing where money moves'],
  ] as [string | null, string][])('with the key %j is refused: %s', async (key) => {
    await expect(house.submit(engine, house.money, { key })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'key' },
    });
    expect(await count('process')).toBe(0);
  });

  it('with a key of 255 characters is accepted', async () => {
    expect((await house.submit(engine, house.money, { key: 'x'.repeat(255) })).state).toBe('ACCEPTED');
  });

  it('that refuses at once keeps nothing, and its key stays free', async () => {
    house.money.refusal = new Refusal('AMOUNT_OUT_OF_BOUNDS');
    const order = house.order(house.money, { key: 'k-1', value: '1' });
    expect(await engine.service.submit(order)).toMatchObject({ code: 'AMOUNT_OUT_OF_BOUNDS' });
    expect([await count('process'), await count('process_key'), await count('process_mail')]).toEqual([0, 0, 0]);
    house.money.refusal = null;
    expect((await house.submit(engine, house.money, { key: 'k-1', value: '2' })).state).toBe('ACCEPTED');
  });

  it('of an input that cannot be read names path and reason', async () => {
    await expect(house.submit(engine, house.money, { input: {} })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { path: 'value' },
    });
    await expect(house.submit(engine, { kind: 'shed.unknown' })).rejects.toMatchObject({ details: { path: 'kind' } });
    const endless = { slot: 's', value: 'x'.repeat(200_001) };
    await expect(house.submit(engine, house.money, { input: endless })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('keeps characters that databases refuse in text', async () => {
    const { id } = await house.submit(engine, house.keyed, { value: 'a\u0000b\ud800 "\\' });
    await engine.work();
    expect((await house.find(engine, { id })).state).toBe('DONE');
    expect(house.keyed.ledger[0]?.value).toBe('a\u0000b\ud800 "\\');
  });

  it('means the same wish for 30 days', async () => {
    const first = await house.submit(engine, house.money, { key: 'k-1', value: '1' });
    await house.clock.advance(30 * DAY_MS - 1);
    await engine.work();
    expect((await house.submit(engine, house.money, { key: 'k-1', value: '1' })).id).toBe(first.id);
    await house.clock.advance(3_600_000);
    await engine.work();
    expect((await house.submit(engine, house.money, { key: 'k-1', value: '1' })).id).not.toBe(first.id);
  });

  describe('without a key, where a natural one exists,', () => {
    const natural = (value: string, wishes: { customer?: typeof house.lou; principal?: Principal } = {}) =>
      house.submit(engine, house.natural, { key: null, value, ...wishes });

    it('is the same wish while it is under way and after it was done', async () => {
      const { id } = await natural('5');
      expect((await natural('5')).id).toBe(id);
      await engine.work();
      expect((await natural('5')).id).toBe(id);
      expect((await natural('5', { customer: house.lou })).id).not.toBe(id);
    });

    it('is a conflict with another value under way, and a new wish afterwards', async () => {
      const first = await natural('5');
      await expect(natural('6')).rejects.toMatchObject({ code: 'CONFLICT' });
      await engine.work();
      const second = await natural('6');
      expect(second.id).not.toBe(first.id);
    });

    it('is a new wish after a refusal', async () => {
      house.natural.script.push(refuses('NOT_POSSIBLE'));
      const first = await natural('5');
      await engine.work();
      expect((await natural('5')).id).not.toBe(first.id);
    });

    it('is one wish of agent and customer together', async () => {
      const principal = agent('c-1');
      expect((await natural('5', { principal })).id).toBe((await natural('5')).id);
    });
  });

  describe('by somebody', () => {
    it('who is nobody, or whose business it is not, is not found', async () => {
      const foreign = [{ kind: 'anonymous' } as const, customerPrincipal('lou'), agent('c-2')];
      for (const principal of foreign) {
        const order = house.order(house.keyed, { principal });
        await expect(engine.service.submit(order)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      }
      expect(await count('process')).toBe(0);
    });

    it('else than the customer is recorded in the same transaction', async () => {
      const principal = agent('c-1');
      await house.submit(engine, house.keyed, { principal });
      const { rows } = await sql<{ actor: string; operation: string; reason: string; subsidiary: string }>`
        select actor, operation, reason, subsidiary from access_record`.execute(house.tables);
      expect(rows).toEqual([
        { actor: 'agent-7', operation: 'shed.keyed', reason: 'Zählerstand am Telefon', subsidiary: 'SHED' },
      ]);
    });

    it('who was let in to read only may not write', async () => {
      const may = (scopes: string[]): Principal => ({
        kind: 'delegate',
        clientId: 'p-1',
        role: 'sales',
        customerId: 'c-1',
        scopes,
      });
      const reading = house.submit(engine, house.keyed, { principal: may(['shed.notes:read', 'barn.notes:write']) });
      await expect(reading).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const written = await house.submit(engine, house.keyed, { principal: may(['shed.notes:write']) });
      expect(written.state).toBe('ACCEPTED');
    });

    it('leaves no name behind but in the record of access', async () => {
      await house.submit(engine, house.keyed, { principal: agent('c-1') });
      const rows = await house.tables.selectFrom('process').selectAll().execute();
      const journal = await house.tables.selectFrom('process_journal').selectAll().execute();
      expect(
        JSON.stringify([rows, journal], (_, value: unknown) => (typeof value === 'bigint' ? '' : value)),
      ).not.toMatch(/agent-7|Telefon/);
    });
  });

  it('is found by its customer only, and listed newest first', async () => {
    const first = await house.submit(engine, house.keyed, { value: '1' });
    await engine.work();
    const second = await house.submit(engine, house.keyed, { value: '2' });
    expect(await engine.service.find(first.id, house.lou.id)).toBeUndefined();
    const list = async (open?: boolean): Promise<string[]> =>
      (await engine.service.list(house.kim.id, open)).map(({ id }) => id);
    expect([await list(), await list(true), await list(false)]).toEqual([
      [second.id, first.id],
      [second.id],
      [first.id],
    ]);
    expect(await engine.service.list(house.lou.id)).toEqual([]);
  });

  it('is shown as pending beside what is confirmed until it is over', async () => {
    const { id } = await house.submit(engine, house.keyed, { value: '7', slot: 's-9' });
    await house.submit(engine, house.barn);
    await house.submit(engine, house.keyed, { customer: house.lou });
    expect(await engine.service.pendingOf('c-1', 'SHED')).toMatchObject([
      { processId: id, kind: 'shed.keyed', state: 'ACCEPTED', account: '0001', input: { slot: 's-9', value: '7' } },
    ]);
    await engine.work();
    expect(await engine.service.pendingOf('c-1', 'SHED')).toEqual([]);
  });

  it('raises the data epoch of the account when it took effect', async () => {
    await house.submit(engine, house.keyed);
    const epochs = () =>
      sql<{ account: string; epoch: number }>`select account, epoch from data_epoch`.execute(house.tables);
    expect((await epochs()).rows).toEqual([]);
    await engine.work();
    expect((await epochs()).rows).toEqual([{ account: '0001', epoch: 1 }]);
  });
});

/** At the counter of the shed, for that customer. */
function agent(customerId: string): Principal {
  const mandate = { id: 'm-1', customerId, reason: 'Zählerstand am Telefon', expiresAt: Number.MAX_SAFE_INTEGER };
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return { kind: 'agent', subject: 'agent-7', subsidiary: 'SHED', role: 'service', mandate, expiresAt };
}
