import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AnswerReuse } from '#lib/graph';
import { hasRedisServer } from '#lib/testing';
import { Browser, CHANNEL_ENVIRONMENT, OWN } from '../auth/browser.js';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import { MovingClock } from '../auth/moving-clock.js';
import { openHouse, type GraphAnswer, type House, type HouseOptions } from '../harness.js';
import { openRedisHouse, type RedisHouse } from '../redis/redis-house.js';

// The machine may be busy with other suites.
jest.setTimeout(60_000);

const QUERY = `{ me { name energy { contracts { number instalment { amount { amount } } } } housing { leases { number } }
  pools { cards { number balance { amount } } } subsidiaries { subsidiary access } } }`;

/** All of energy that may be given again. */
const ENERGY = `{ me { energy {
  contracts { id until instalment { amount { amount } } meters { registers { lastValue } readings(first: 1) { totalCount } }
    terms { earliestEnd } billingPeriod { until } paymentPlan { cycle } upcomingProduct { product from }
    consumptionByMonth { values { billedIn } } invoices { totalCount } }
  contractAccounts { balance { amount } directDebitMandate { bankAccount { maskedIban } } }
  bankAccounts { nodes { maskedIban } }
  invoices { nodes { number overdue } }
} } }`;

/** Notes which answers were given again. */
class Watch {
  readonly reused: boolean[] = [];

  readonly arrange: NonNullable<HouseOptions['arrange']> = (gateway) => {
    const reuse = gateway.get(AnswerReuse, { strict: false });
    const find = reuse.find.bind(reuse);
    reuse.find = async (...parameters) => {
      const found = await find(...parameters);
      this.reused.push(found !== undefined);
      return found;
    };
  };

  /** Asks and tells whether the answer was given again. */
  async see<T>(ask: () => Promise<T>): Promise<{ answer: T; reused: boolean }> {
    this.reused.length = 0;
    const answer = await ask();
    return { answer, reused: this.reused.at(-1) ?? false };
  }
}

const accessOf = ({ data }: GraphAnswer): Record<string, string> => {
  const { subsidiaries } = data!['me'] as { subsidiaries: { subsidiary: string; access: string }[] };
  return Object.fromEntries(subsidiaries.map(({ subsidiary, access }) => [subsidiary, access]));
};

describe('an answer that was given before', () => {
  const watch = new Watch();
  const clock = new MovingClock();
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock, instances: 2, arrange: watch.arrange });
  });
  afterAll(() => house?.close());
  beforeEach(() => house.control('DELETE', '/faults'));

  const ask = (persona: string, instance = 0, query = QUERY): ReturnType<typeof seeGraph> =>
    seeGraph(query, persona, instance);
  const seeGraph = (query: string, persona: string, instance: number) =>
    watch.see(() => house.graphql({ query }, { persona, instance }));
  /** Asks until both gateways give their answers again. */
  const warm = async (persona: string, query = QUERY): Promise<void> => {
    for (const instance of [0, 1]) {
      await ask(persona, instance, query);
      expect(await ask(persona, instance, query)).toMatchObject({ reused: true, answer: { errors: [] } });
    }
  };

  it('is given again with the same data, and says that all of it comes from memory', async () => {
    const { answer: first, reused } = await ask('aylin');
    const { answer: second, reused: again } = await ask('aylin');
    expect([reused, again, second.status]).toEqual([false, true, 200]);
    expect(second.data).toEqual(first.data);
    expect(second.sources).toEqual(first.sources.map((source) => ({ ...source, state: 'CACHED', milliseconds: 0 })));
    expect(second.sources.length).toBeGreaterThan(2);
    const headers = ({ headers: all }: GraphAnswer): [string, string][] =>
      [...all].filter(([name]) => name !== 'date' && name !== 'content-length');
    expect(headers(second)).toEqual(headers(first));
  });

  it('is made anew on both gateways after a consent was withdrawn', async () => {
    await warm('karl');
    const withdraw = `mutation { withdrawConsent(purpose: JOINT_PORTAL, subsidiaries: [ENERGY]) { __typename } }`;
    expect((await house.graphql({ query: withdraw }, { persona: 'karl' })).errors).toEqual([]);
    for (const instance of [0, 1]) {
      const { answer, reused } = await ask('karl', instance);
      expect([reused, accessOf(answer)['ENERGY']]).toEqual([false, 'CONSENT_REQUIRED']);
    }
  });

  it('is made anew on both gateways after a company was unlinked', async () => {
    await warm('jana');
    const unlink = `mutation { unlinkSubsidiary(subsidiary: POOLS) { __typename } }`;
    expect((await house.graphql({ query: unlink }, { persona: 'jana' })).errors).toEqual([]);
    for (const instance of [0, 1]) {
      const { answer, reused } = await ask('jana', instance);
      expect([reused, accessOf(answer)['POOLS']]).toEqual([false, 'NOT_LINKED']);
    }
  });

  it('is made anew on both gateways after a command has changed what it tells', async () => {
    const cards = '{ me { pools { cards { id balance { amount } } } } }';
    await warm('aylin', cards);
    const { answer } = await ask('aylin', 0, cards);
    const { pools } = answer.data!['me'] as { pools: { cards: { id: string; balance: { amount: string } }[] } };
    const [card] = pools.cards;
    const topUp = `mutation ($card: ID!) { topUpCard(cardId: $card, amount: "10.00", key: "reuse-1") {
      ... on Process { state } } }`;
    const done = await house.graphql({ query: topUp, variables: { card: card!.id } }, { persona: 'aylin' });
    expect(done.data).toEqual({ topUpCard: { state: 'DONE' } });
    for (const instance of [0, 1]) {
      const { answer: after, reused } = await ask('aylin', instance, cards);
      const cents = Math.round(Number(card!.balance.amount) * 100) + 1_000;
      expect([reused, JSON.stringify(after.data).includes(`"${(cents / 100).toFixed(2)}"`)]).toEqual([false, true]);
    }
  });

  it('is given again with all of energy, and made anew on both gateways after notice was given', async () => {
    await warm('petra', ENERGY);
    const { answer } = await ask('petra', 0, ENERGY);
    const { energy } = answer.data!['me'] as { energy: { contracts: { id: string }[] } };
    const notice = `mutation ($contract: ID!) { giveNotice(contractId: $contract, kind: RELOCATION,
      until: "2027-03-31", key: "reuse-2") { ... on Process { state } } }`;
    const variables = { contract: energy.contracts[0]!.id };
    const wishes = { persona: 'petra', headers: { prefer: 'wait=10' } };
    const done = await house.graphql({ query: notice, variables }, wishes);
    expect(done.data).toEqual({ giveNotice: { state: 'DONE' } });
    for (const instance of [0, 1]) {
      const { answer: after, reused } = await ask('petra', instance, ENERGY);
      expect([reused, JSON.stringify(after.data).includes('"until":"2027-03-31"')]).toEqual([false, true]);
    }
  });

  it.each([
    ['an address of a file', '{ me { energy { invoices { nodes { document { link { url } } } } } } }'],
    ['processes', '{ me { name processes { state } } }'],
    ['what is pending', '{ me { pools { cards { number pendingTopUp { state } } } } }'],
    ['a product that is pending', '{ me { energy { contracts { pendingProduct { from } } } } }'],
    ['an end that is pending', '{ me { energy { contracts { pendingEnd { until } } } } }'],
    ['bank accounts that are pending', '{ me { energy { bankAccounts { pending { holder } } } } }'],
    ['payments that are pending', '{ me { energy { invoices { nodes { pendingPayment { date } } } } } }'],
    ['until when a second factor counts', '{ me { name } viewer { stepUpUntil } }'],
    ['the record of access', '{ me { name accessRecord { nodes { at } } } }'],
    ['grants', '{ me { name partnerGrants { since } } }'],
    ['public data', '{ me { name } pools { name } }'],
    ['nothing of a customer', '{ pools { name } }'],
  ])('is never given again where it tells %s', async (_, query) => {
    for (let time = 0; time < 3; time += 1) {
      const { answer, reused } = await ask('aylin', 0, query);
      expect([reused, answer.errors]).toEqual([false, []]);
    }
  });

  it('is not kept where a company is down, and not where what it said before is shown', async () => {
    const query = '{ me { hasSignIn energy { contracts { number } } } }';
    const [first] = [await ask('lena', 0, query)];
    expect(first.answer.errors).toEqual([]);
    clock.pass(20 * 60_000);
    await house.control('POST', '/faults', { kind: '500', system: 'sap-umc' });
    // The first gateway knows what was there before, the second nothing.
    for (const [instance, state] of [
      [0, 'STALE'],
      [1, 'FAILED'],
      [0, 'STALE'],
      [1, 'FAILED'],
    ] as const) {
      const { answer, reused } = await ask('lena', instance, query);
      expect([reused, answer.sources.map((source) => source.state)]).toEqual([false, [state]]);
    }
  });

  it('ends with the token', async () => {
    await warm('sabine');
    clock.pass(3 * 3_600_000);
    const { answer, reused } = await ask('sabine');
    expect([reused, answer.errors.map(({ extensions }) => extensions['code'])]).toEqual([false, ['UNAUTHENTICATED']]);
  });
});

describe('an answer that a browser was given before', () => {
  const watch = new Watch();
  const clock = new MovingClock();
  let provider: FakeProvider;
  let house: House;
  let browser: Browser;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    const environment = { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    house = await openHouse({ clock, instances: 2, environment, arrange: watch.arrange });
  });
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });
  beforeEach(async () => {
    browser = new Browser(house);
    await browser.signIn(provider, { sub: 'aylin' });
    for (const instance of [0, 1]) {
      await see(instance);
      expect((await see(instance)).reused).toBe(true);
    }
  });

  const see = (instance: number, headers = { ...browser.headers(), ...OWN }) =>
    watch.see(() => house.graphql({ query: QUERY }, { instance, headers }));
  const codes = ({ errors }: GraphAnswer): unknown[] => errors.map(({ extensions }) => extensions['code']);

  it('ends with the sign-out on both gateways', async () => {
    const before = { ...browser.headers(), ...OWN };
    await browser.go('/auth/logout', OWN, 'POST');
    for (const instance of [0, 1]) {
      const { answer, reused } = await see(instance, before);
      expect([reused, codes(answer)]).toEqual([false, ['UNAUTHENTICATED']]);
    }
  });

  it('ends with the session that nobody used', async () => {
    clock.pass(31 * 60_000);
    for (const instance of [0, 1]) {
      const { answer, reused } = await see(instance);
      expect([reused, codes(answer)]).toEqual([false, ['UNAUTHENTICATED']]);
    }
  });

  it.each([
    ["without the channel's own header", {}],
    ['from another site', { ...OWN, origin: 'https://evil.example' }],
  ])('is refused %s', async (_, headers) => {
    const { answer, reused } = await see(0, { ...browser.headers(), ...headers });
    expect([reused, codes(answer)]).toEqual([false, ['FORBIDDEN']]);
  });

  it('is not given under a token, which is another channel', async () => {
    const headers = { authorization: `Bearer ${await provider.accessToken({ sub: 'aylin' })}` };
    expect((await see(0, headers)).reused).toBe(false);
  });
});

const withRedis = hasRedisServer('an answer given before, beside a frozen Redis') ? describe : describe.skip;

withRedis('an answer that was given before, while Redis is frozen', () => {
  const watch = new Watch();
  let stage: RedisHouse;

  beforeAll(async () => {
    stage = await openRedisHouse();
    for (const gateway of stage.gateways) watch.arrange(gateway);
  });
  afterAll(() => stage?.close());
  afterEach(() => stage.redis.thaw());

  it('is given again, until a consent is withdrawn', async () => {
    const { house, redis } = stage;
    const ask = (instance: number) => watch.see(() => house.graphql({ query: QUERY }, { persona: 'aylin', instance }));
    for (const instance of [0, 1]) await ask(instance);
    redis.freeze();
    for (const instance of [0, 1]) expect((await ask(instance)).reused).toBe(true);
    const withdraw = `mutation { withdrawConsent(purpose: JOINT_PORTAL, subsidiaries: [ENERGY]) { __typename } }`;
    expect((await house.graphql({ query: withdraw }, { persona: 'aylin' })).errors).toEqual([]);
    for (const instance of [0, 1]) {
      const { answer, reused } = await ask(instance);
      expect([reused, accessOf(answer)['ENERGY']]).toEqual([false, 'CONSENT_REQUIRED']);
    }
  });
});
