import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseGlobalId } from '#lib/kernel';
import { carryOut } from '../../apps/gateway/src/operator/carry-out.js';
import { readOrder } from '../../apps/gateway/src/operator/read-order.js';
import { withDesk } from '../../apps/gateway/src/operator/with-desk.js';
import { WishHouse, type Outcome } from './wish-house.js';
import { readCards, topUpCard } from './wishes.js';

describe('operators', () => {
  let house: WishHouse;
  const kim = { persona: 'kim' };

  beforeAll(async () => {
    house = await WishHouse.open({ isToday: true });
  }, 60_000);
  afterAll(() => house.close());

  /** As on the command line: a program of its own over the same database. */
  const order = (...args: string[]): Promise<string> =>
    withDesk({ DATABASE_URL: house.house.database.url }, (desk) => carryOut(readOrder(args).order, 'olga', desk));
  const uncertain = async (amount: string): Promise<Outcome> => {
    const cards = await readCards(house, kim);
    const fault = { kind: 'cut', after: 'nothing', count: 1, methods: 'modifying', system: 'till', household: 'kim' };
    await house.fault(fault);
    const { id } = await house.outcome(topUpCard(cards, amount), kim);
    return house.reaches(id, ['UNCERTAIN'], kim);
  };

  it('find what is uncertain by its receipt, see its journal, and nothing personal unless they say why', async () => {
    const { id, receipt } = await uncertain('7.25');
    const key = parseGlobalId(id)!.key;
    expect(await order('list', '--state', 'uncertain')).toMatch(new RegExp(`UNCERTAIN.*${receipt.number}.*${key}`));
    const shown = await order('show', receipt.number.toLowerCase());
    expect(shown).toContain('intent');
    expect(shown).not.toMatch(/7\.25|customer /);
    expect(await order('show', key, '--data', '--reason', 'the till was asked')).toContain('7.25');
    const record = await house.me<{ accessRecord: { nodes: object[] } }>(
      'accessRecord { nodes { operation reason } }',
      kim,
    );
    expect(record.accessRecord.nodes).toContainEqual({
      operation: 'pools.top-up-card.show',
      reason: 'the till was asked',
    });
  }, 40_000);

  it('let it be tried again only when they are sure that it had no effect', async () => {
    const { id, receipt } = await uncertain('7.50');
    const retry = ['retry', receipt.number, '--reason', 'not in the till'];
    await expect(order(...retry)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await order(...retry, '--surely-without-effect')).toBe('will be tried again');
    expect((await house.reaches(id, ['DONE'], kim)).state).toBe('DONE');
    expect(await house.books('till')).toMatchObject([{ amount: '7.50' }]);
  }, 40_000);

  it('say what became of it', async () => {
    const { id, receipt } = await uncertain('7.75');
    expect(await order('resolve', receipt.number, 'refused', '--reason', 'money back')).toBe('resolved as refused');
    expect(await house.process(id, kim)).toMatchObject({ state: 'REFUSED', refusal: { code: 'NOT_POSSIBLE' } });
    await expect(order('resolve', receipt.number, 'done', '--reason', 'x')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(order('show', '2026-AAAA-AAAA')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }, 40_000);

  it('pause a subsidiary and let it go on, on every instance, and it is in the metrics', async () => {
    expect(await order('pause', 'pools', '--reason', 'works at the till')).toBe('POOLS is paused');
    const { id, state } = await house.outcome(topUpCard(await readCards(house, kim), '8.00'), kim);
    expect(state).toBe('ACCEPTED');
    expect(await order('list')).toContain('works at the till');
    const metrics = await (await house.house.get('/metrics')).text();
    expect(metrics).toContain('saaltor_processes_paused{subsidiary="POOLS"} 1');
    expect(metrics).toContain('saaltor_processes_open{kind="pools.top-up-card",subsidiary="POOLS",state="ACCEPTED"} 1');
    expect(await order('resume', 'POOLS')).toBe('POOLS goes on');
    expect((await house.reaches(id, ['DONE'], kim)).state).toBe('DONE');
    await expect(order('pause', 'MILL', '--reason', 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }, 40_000);
});
