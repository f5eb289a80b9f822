import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyReceipt } from '#lib/processes';
import { parseGlobalId } from '#lib/kernel';
import { quoted, WishHouse, type Outcome } from './wish-house.js';
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

describe('a durable mutation', () => {
  let house: WishHouse;

  beforeAll(async () => {
    house = await WishHouse.open({ instances: 2 });
  }, 60_000);
  beforeEach(async () => {
    await house.control('POST', '/reset');
    await house.control('PUT', '/clock', { now: new Date(house.clock.now()).toISOString() });
  });
  afterAll(() => house.close());

  const processes = async (): Promise<readonly { id: string }[]> =>
    (await house.me<{ processes: { id: string }[] }>('processes { id }')).processes;
  const compactOf = ({ receipt }: Outcome): string => {
    const { protected: header, payload, signature } = JSON.parse(receipt.signedJson!) as Record<string, string>;
    return [header, payload, signature].join('.');
  };

  it('submits readings, which the very next query confirms on every instance', async () => {
    const asked = { persona: 'lena' };
    const energy = await readEnergy(house, asked);
    const value = later(powerOf(energy).register, 2_200);
    const outcome = await house.outcome(submitReadings(energy, '2026-11-17', value), asked);
    expect(outcome).toMatchObject({
      __typename: 'Process',
      kind: 'energy.submit-readings',
      title: 'Zählerstand melden',
      state: 'DONE',
      cancellable: false,
      deadline: null,
      pollAfterSeconds: null,
      steps: [{ key: 'energy.submit-readings', subsidiary: 'ENERGY', state: 'DONE' }],
      refusal: null,
      result: { __typename: 'Meter', id: powerOf(energy).meter.id },
    });
    for (const instance of [0, 1]) {
      const { meter, register } = powerOf(await readEnergy(house, { ...asked, instance }));
      expect([register.lastValue, register.lastDate, meter.pendingReadings]).toEqual([value, '2026-11-17', []]);
    }
    expect(await house.books('sap-umc')).toMatchObject([{ day: expect.stringContaining('2026-11-17') }]);
  });

  it('changes an instalment, in SAP and in the next query', async () => {
    const asked = { persona: 'aylin' };
    const energy = await readEnergy(house, asked);
    const wished = (Number(powerOf(energy).contract.instalment!.amount.amount) + 3).toFixed(2);
    const outcome = await house.outcome(changeInstalment(energy, wished, '2027-01-01'), asked);
    expect([outcome.state, outcome.result?.__typename]).toEqual(['DONE', 'EnergyContract']);
    const { instalment } = powerOf(await readEnergy(house, { ...asked, instance: 1 })).contract;
    expect(instalment).toEqual({ amount: { amount: wished }, pending: null });
    expect(await house.books('sap-umc')).toMatchObject([{ amount: wished }]);
  });

  it('reports a repair to the landlord', async () => {
    const leases = await readLeases(house);
    const outcome = await house.outcome(reportRepair(leases, 'Der Abfluss\nist verstopft.'));
    expect([outcome.state, outcome.result]).toEqual([
      'DONE',
      { __typename: 'RepairReport', id: expect.stringMatching(/^[\w-]+$/) },
    ]);
    expect(await house.books('tenancy')).toMatchObject([{ description: 'Der Abfluss\nist verstopft.' }]);
    expect((await readLeases(house)).leases[0]!.pendingRepairReports).toEqual([]);
  });

  it('pauses a subscription', async () => {
    const asked = { persona: 'lena' };
    const subscriptions = await readSubscriptions(house, asked);
    const outcome = await house.outcome(pauseSubscription(subscriptions, '2027-02'), asked);
    expect([outcome.state, outcome.result]).toEqual([
      'DONE',
      { __typename: 'FareSubscription', id: subscriptions.fareSubscriptions[0]!.id },
    ]);
    expect(await house.books('fare-shop')).toMatchObject([{ from: '2027-02-01', until: '2027-02-28' }]);
  });

  it('tops up a card, and shows the new balance in the same answer and the next', async () => {
    const cards = await readCards(house, { persona: 'kim' });
    const before = Number(cards.cards[0]!.balance.amount);
    const query = `mutation { topUpCard(key: ${quoted(randomUUID())}, cardId: ${quoted(cards.cards[0]!.id)}, amount: "7.50") {
      ... on Process { state result { ... on ValueCard { balance { amount } pendingTopUp { id } } } } } }`;
    const { data } = await house.ask(query, { persona: 'kim' });
    const balance = { amount: (before + 7.5).toFixed(2) };
    expect(data).toEqual({ topUpCard: { state: 'DONE', result: { balance, pendingTopUp: null } } });
    expect((await readCards(house, { persona: 'kim', instance: 1 })).cards[0]!.balance).toEqual(balance);
    expect(await house.books('till')).toMatchObject([{ amount: '7.50' }]);
  });

  it('gives a receipt that verifies with the published keys', async () => {
    const outcome = await house.outcome(topUpCard(await readCards(house), '5.00'));
    const answer = await house.house.get('/.well-known/saaltor-receipt-keys.json');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/jwk-set+json; charset=utf-8',
      'public, max-age=300',
    ]);
    const keys = (await answer.json()) as Parameters<typeof verifyReceipt>[1];
    expect(JSON.stringify(keys)).not.toContain('"d"');
    expect(await verifyReceipt(compactOf(outcome), keys)).toMatchObject({
      number: outcome.receipt.number,
      kind: 'pools.top-up-card',
      subsidiaries: ['POOLS'],
      process: parseGlobalId(outcome.id)!.key,
    });
  });

  it('that is refused at once leaves nothing behind, and its key is free', async () => {
    const cards = await readCards(house);
    const before = await processes();
    const key = randomUUID();
    const refused = await house.outcome(topUpCard(cards, '2.00'), { key });
    expect(refused).toMatchObject({
      __typename: 'Refusal',
      code: 'AMOUNT_OUT_OF_BOUNDS',
      problems: [{ path: 'amount', code: 'AMOUNT_OUT_OF_BOUNDS', minimum: '5.00', maximum: '250.00' }],
    });
    expect([await processes(), await house.books('till')]).toEqual([before, []]);
    expect(await house.outcome(topUpCard(cards, '20.00'), { key })).toMatchObject({ state: 'DONE' });
  });

  it('refuses meters, contracts, leases, subscriptions and cards of somebody else, without asking for them', async () => {
    const [energy, leases, cards] = await Promise.all([readEnergy(house), readLeases(house), readCards(house)]);
    const stranger = { persona: 'uwe' };
    const wishes = [reportRepair(leases, 'Es tropft.'), topUpCard(cards, '10.00')];
    const other = { persona: 'mandy' };
    const foreign = [submitReadings(energy, '2026-11-17', '99'), changeInstalment(energy, '50.00', '2027-01-01')];
    for (const wish of wishes) expect(await house.outcome(wish, stranger)).toMatchObject({ code: 'NOT_YOURS' });
    for (const wish of foreign) expect(await house.outcome(wish, other)).toMatchObject({ code: 'NOT_YOURS' });
    const subscriptions = await readSubscriptions(house);
    expect(await house.outcome(pauseSubscription(subscriptions, '2027-02'), { persona: 'lena' })).toMatchObject({
      code: 'NOT_YOURS',
    });
    for (const system of ['sap-umc', 'tenancy', 'fare-shop', 'till']) expect(await house.books(system)).toEqual([]);
  });

  describe('under one key', () => {
    it('becomes one process, however often and wherever it comes at once', async () => {
      const cards = await readCards(house, { persona: 'jana' });
      const wish = topUpCard(cards, '11.00');
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          house.outcome(wish, { persona: 'jana', key, instance: index % 2, headers: { prefer: 'wait=10' } }),
        ),
      );
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['DONE']));
      expect(new Set(answers.map(({ receipt }) => receipt.signedJson)).size).toBe(1);
      expect(await house.books('till')).toMatchObject([{ amount: '11.00' }]);
    }, 30_000);

    it('is a conflict with another input, which is not carried out', async () => {
      const cards = await readCards(house);
      const key = randomUUID();
      await house.outcome(topUpCard(cards, '12.00'), { key });
      const { data, errors } = await house.submit(topUpCard(cards, '13.00'), { key });
      expect([data, errors.map(({ extensions }) => extensions)]).toEqual([
        null,
        [{ code: 'CONFLICT', path: 'key', reason: 'used before with another input' }],
      ]);
      expect(await house.books('till')).toHaveLength(1);
    });

    it('is another wish for another customer', async () => {
      const key = randomUUID();
      const aylin = await house.outcome(topUpCard(await readCards(house), '6.00'), { key });
      const kim = { persona: 'kim' };
      const other = await house.outcome(topUpCard(await readCards(house, kim), '6.00'), { key, ...kim });
      expect(other.id).not.toBe(aylin.id);
    });

    it.each(['', ' '.repeat(3), 'a\nb', 'ä', 'x'.repeat(256), 'natural:x'])('must be a key, unlike %j', async (key) => {
      const { errors } = await house.submit(topUpCard(await readCards(house), '6.00'), { key });
      const expected = key.trim() === '' && key !== '' ? [] : [{ code: 'INVALID_INPUT', path: 'key' }];
      expect(errors.map(({ extensions: { code, path } }) => ({ code, path }))).toEqual(expected);
    });
  });

  describe('that is asked back', () => {
    const petra = { persona: 'petra' };

    it('waits for the customer, shows the value as pending, and goes on with the chosen note', async () => {
      const energy = await readEnergy(house, petra);
      const value = later(powerOf(energy).register, 4_000);
      const asked = await house.outcome(submitReadings(energy, '2026-11-17', value), petra);
      const [problem] = asked.refusal!.problems;
      expect([asked.state, asked.refusal?.code, asked.cancellable]).toEqual([
        'NEEDS_CUSTOMER',
        'READING_IMPLAUSIBLE',
        true,
      ]);
      expect(await house.books('sap-umc')).toEqual([]);
      const { meter, register } = powerOf(await readEnergy(house, petra));
      expect([register.lastValue, meter.pendingReadings]).toEqual([
        powerOf(energy).register.lastValue,
        [{ registerId: register.id, value, date: '2026-11-17', process: { id: asked.id, state: 'NEEDS_CUSTOMER' } }],
      ]);
      const answer = (choice: string) =>
        house.ask(
          `mutation { answerProcess(id: ${quoted(asked.id)}, answer: ${quoted(choice)}) { id state refusal { code } } }`,
          petra,
        );
      const wrong = await answer('nothing of this');
      expect(wrong.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', path: 'choice' });
      const { data } = await answer(problem!.choices[0]!.value);
      expect(data).toEqual({ answerProcess: { id: asked.id, state: 'ACCEPTED', refusal: null } });
      expect((await house.reaches(asked.id, ['DONE'], petra)).refusal).toBeNull();
      const after = powerOf(await readEnergy(house, petra));
      expect([after.register.lastValue, after.meter.pendingReadings]).toEqual([value, []]);
      expect(await house.books('sap-umc')).toHaveLength(1);
      expect((await answer(problem!.choices[0]!.value)).errors[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
    });

    it('can be cancelled, once and again, and has no effect', async () => {
      const energy = await readEnergy(house, petra);
      const asked = await house.outcome(
        submitReadings(energy, '2026-11-18', later(powerOf(energy).register, 9_000)),
        petra,
      );
      const cancel = `mutation { cancelProcess(id: ${quoted(asked.id)}) { state cancellable } }`;
      const cancelled = { cancelProcess: { state: 'CANCELLED', cancellable: false } };
      expect((await house.ask(cancel, petra)).data).toEqual(cancelled);
      expect((await house.ask(cancel, petra)).data).toEqual(cancelled);
      expect(await house.books('sap-umc')).toEqual([]);
      expect(powerOf(await readEnergy(house, petra)).meter.pendingReadings).toEqual([]);
    });
  });

  it('belongs to its customer: others find, answer and cancel nothing', async () => {
    const { id } = await house.outcome(topUpCard(await readCards(house), '8.00'));
    expect(await house.process(id)).toMatchObject({ id, state: 'DONE' });
    const kim = { persona: 'kim' };
    expect(await house.process(id, kim)).toBeNull();
    for (const wrong of ['x', Buffer.from('Meter:1').toString('base64url'), `${id}x`]) {
      expect(await house.process(wrong)).toBeNull();
    }
    for (const change of ['cancelProcess(', 'answerProcess(answer: "1", ']) {
      const { errors } = await house.ask(`mutation { ${change}id: ${quoted(id)}) { id } }`, kim);
      expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
    }
    const done = await house.ask(`mutation { cancelProcess(id: ${quoted(id)}) { id } }`);
    expect(done.errors.map(({ extensions }) => extensions['code'])).toEqual(['CONFLICT']);
  });

  it('is listed with the customer, open or over', async () => {
    const { id } = await house.outcome(topUpCard(await readCards(house), '9.00'));
    const lists = await house.me<Record<string, { id: string }[]>>(
      'all: processes { id } open: processes(open: true) { id } over: processes(open: false) { id }',
    );
    const has = Object.entries(lists).map(([name, list]) => [name, list.some((each) => each.id === id)]);
    expect(has).toEqual([
      ['all', true],
      ['open', false],
      ['over', true],
    ]);
  });

  it('is for those who are signed in', async () => {
    const { errors } = await house.ask(
      'mutation { topUpCard(key: "k", cardId: "x", amount: "5.00") { __typename } }',
      {},
    );
    expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    expect((await house.ask('{ process(id: "x") { id } }', {})).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });
});
