import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WishHouse, type Asked, type Outcome } from './wish-house.js';
import {
  changeInstalment,
  later,
  pauseSubscription,
  powerOf,
  readCards,
  readEnergy,
  readLeases,
  readSubscriptions,
  reportRepair,
  submitReadings,
  topUpCard,
} from './wishes.js';

const OVER = ['DONE', 'REFUSED', 'UNCERTAIN', 'WITH_AGENT', 'CANCELLED'];

describe('a durable mutation', () => {
  let house: WishHouse;

  beforeAll(async () => {
    house = await WishHouse.open();
  }, 60_000);
  afterAll(() => house.close());

  /** What was booked for that persona since `before`. */
  const booked = async (system: string, before: number): Promise<readonly object[]> =>
    (await house.books(system)).slice(before);

  it('is accepted while its system is down, shown as pending, and carried out when it is back', async () => {
    const asked = { persona: 'aylin', headers: { prefer: 'wait=1' } };
    const [leases, cards] = [await readLeases(house, asked), await readCards(house, asked)];
    await house.fault({ kind: 'reset', system: 'tenancy', household: 'aylin' });
    const accepted = await house.outcome(reportRepair(leases, 'Das Fenster klemmt.'), asked);
    expect([accepted.state, accepted.deadline !== null, accepted.cancellable]).toEqual(['ACCEPTED', true, true]);
    expect(accepted.pollAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(accepted.receipt.signedJson).not.toBeNull();
    // The other companies do not notice.
    expect((await house.outcome(topUpCard(cards, '5.50'), asked)).state).toBe('DONE');
    await house.control('DELETE', '/faults?system=tenancy&household=aylin');
    const pending = (await readLeases(house, asked)).leases[0]!.pendingRepairReports;
    if (pending.length > 0) expect(pending).toEqual([{ id: accepted.id, state: expect.any(String) }]);
    await house.pass(600_000);
    expect((await house.reaches(accepted.id, OVER, asked)).state).toBe('DONE');
    expect(await house.books('tenancy')).toMatchObject([{ description: 'Das Fenster klemmt.' }]);
    expect((await readLeases(house, asked)).leases[0]!.pendingRepairReports).toEqual([]);
  }, 40_000);

  it('waits while the subsidiary is paused: its answer comes at once, and the amount stands beside the confirmed one', async () => {
    const asked = { persona: 'jana', headers: { prefer: 'wait=10' } };
    const cards = await readCards(house, asked);
    await house.desk.pause('POOLS', 'the till is being repaired');
    const { id, state } = await house.outcome(topUpCard(cards, '6.50'), asked);
    expect(state).toBe('ACCEPTED');
    const [first, ...others] = (await readCards(house, asked)).cards;
    expect(first).toMatchObject({ balance: cards.cards[0]!.balance, pendingTopUp: { id, state: 'ACCEPTED' } });
    expect(others.map(({ pendingTopUp }) => pendingTopUp)).toEqual(others.map(() => null));
    await house.desk.resume('POOLS');
    expect((await house.reaches(id, OVER, asked)).state).toBe('DONE');
    const [after] = (await readCards(house, asked)).cards;
    const balance = { amount: (Number(first!.balance.amount) + 6.5).toFixed(2) };
    expect(after).toMatchObject({ balance, pendingTopUp: null });
  }, 40_000);

  describe('whose answer is cut off after the effect', () => {
    const lost = async (system: string, wish: string, asked: Asked & { persona: string }): Promise<Outcome> => {
      const household = asked.persona;
      await house.fault({ kind: 'cut', after: 'effect', count: 1, methods: 'modifying', system, household });
      const { id } = await house.outcome(wish, asked);
      for (let looks = 0; looks < 3; looks += 1) {
        const { state } = (await house.process(id, asked))!;
        if (OVER.includes(state)) break;
        await house.pass(120_000);
      }
      return house.reaches(id, OVER, asked);
    };

    it('is done exactly once: readings', async () => {
      const asked = { persona: 'lena' };
      const energy = await readEnergy(house, asked);
      const before = (await house.books('sap-umc')).length;
      const value = later(powerOf(energy).register, 2_200);
      const outcome = await lost('sap-umc', submitReadings(energy, '2026-11-17', value), asked);
      expect([outcome.state, await booked('sap-umc', before)]).toEqual([
        'DONE',
        [expect.objectContaining({ times: 1 })],
      ]);
      expect(powerOf(await readEnergy(house, asked)).register.lastValue).toBe(value);
    }, 40_000);

    it('is done exactly once: instalment', async () => {
      const asked = { persona: 'mandy' };
      const energy = await readEnergy(house, asked);
      const before = (await house.books('sap-umc')).length;
      const { amount } = powerOf(energy).contract.instalment!.amount;
      const wished = (Number(amount) + 2).toFixed(2);
      const outcome = await lost('sap-umc', changeInstalment(energy, wished, '2027-01-01'), asked);
      expect([outcome.state, await booked('sap-umc', before)]).toEqual([
        'DONE',
        [expect.objectContaining({ times: 1 })],
      ]);
    }, 40_000);

    it('is done exactly once: repair report', async () => {
      const asked = { persona: 'minh' };
      const before = (await house.books('tenancy')).length;
      const wish = reportRepair(await readLeases(house, asked), 'Die Heizung bleibt kalt.');
      expect((await lost('tenancy', wish, asked)).state).toBe('DONE');
      expect(await booked('tenancy', before)).toHaveLength(1);
    }, 40_000);

    it('is done exactly once: pause', async () => {
      const asked = { persona: 'lena' };
      const before = (await house.books('fare-shop')).length;
      const wish = pauseSubscription(await readSubscriptions(house, asked), '2027-03');
      expect((await lost('fare-shop', wish, asked)).state).toBe('DONE');
      expect(await booked('fare-shop', before)).toHaveLength(1);
    }, 40_000);

    it('is uncertain at the till, never sent again, and does not hold up the next one', async () => {
      const asked = { persona: 'kim' };
      const cards = await readCards(house, asked);
      const before = (await house.books('till')).length;
      const outcome = await lost('till', topUpCard(cards, '7.00'), asked);
      expect([outcome.state, outcome.cancellable, outcome.result]).toEqual(['UNCERTAIN', false, null]);
      expect((await readCards(house, asked)).cards[0]!.pendingTopUp).toEqual({ id: outcome.id, state: 'UNCERTAIN' });
      expect((await house.outcome(topUpCard(cards, '8.00'), asked)).state).toBe('DONE');
      await house.pass(7_200_000);
      expect((await house.process(outcome.id, asked))!.state).toBe('UNCERTAIN');
      expect(await booked('till', before)).toMatchObject([{ amount: '7.00' }, { amount: '8.00' }]);
    }, 40_000);
  });
});
