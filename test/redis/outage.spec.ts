import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { hasRedisServer, until } from '#lib/testing';
import { Browser, CHANNEL_ENVIRONMENT, OWN } from '../auth/browser.js';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import type { GraphAnswer } from '../harness.js';
import { NO_MEMORY, openRedisHouse, type RedisHouse } from './redis-house.js';

const withRedis = hasRedisServer('a Redis that fails under load') ? describe : describe.skip;

const QUERY = `{ me { name energy { contracts { number } } housing { leases { number } }
  transit { fareSubscriptions { number } } pools { cards { number } } } }`;
const PARTS = 4;
const AT_ONCE = 8;

/** Sends the query as one caller. */
type Caller = (instance: number) => Promise<GraphAnswer>;

withRedis('a Redis that fails under load', () => {
  let stage: RedisHouse;
  let provider: FakeProvider;
  let callers: Caller[];
  let whole: unknown[];

  beforeAll(async () => {
    provider = await FakeProvider.open(systemClock);
    const channels = { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    stage = await openRedisHouse({ environment: { ...channels, ...NO_MEMORY } });
    callers = [];
    for (const sub of ['aylin', 'jana']) {
      const browser = new Browser(stage.house);
      await browser.signIn(provider, { sub });
      const bearer = { authorization: `Bearer ${await provider.accessToken({ sub })}` };
      for (const credentials of [{ ...browser.headers(), ...OWN }, bearer]) {
        // The machine may be busy, but nothing is out: whoever waits gets all.
        const headers = { ...credentials, prefer: 'wait=10' };
        callers.push((instance) => stage.house.graphql({ query: QUERY }, { instance, headers }));
      }
    }
    whole = await Promise.all(callers.map(async (ask) => (await ask(0)).data));
    await stage.written();
  }, 60_000);
  afterAll(async () => {
    await stage?.close();
    await provider?.close();
  });

  /** All callers on both gateways, some at once, until the disturbance is over; every answer must be whole. */
  const load = async (disturbance: () => Promise<void>): Promise<void> => {
    const over = new AbortController();
    let sent = 0;
    const send = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const turn = (sent += 1);
        const index = turn % callers.length;
        const { status, data, errors } = await callers[index]!(Math.floor(turn / callers.length) % 2);
        expect([status, data, errors]).toEqual([200, whole[index], []]);
      }
    };
    const senders = Promise.all(Array.from({ length: AT_ONCE }, send));
    const pass = async (requests: number): Promise<void> => {
      const end = sent + requests;
      await Promise.race([senders, until('requests have been sent', () => sent >= end)]);
    };
    try {
      await pass(50);
      await disturbance();
      await pass(100);
    } finally {
      over.abort();
    }
    await senders;
  };
  const unanswered = (): number => stage.values.reduce((sum, { counts }) => sum + counts.unanswered, 0);
  const hits = (): number => stage.values.reduce((sum, { counts }) => sum + counts.hits, 0);

  it('has callers with a token and with a cookie, who see the same', () => {
    expect(JSON.stringify(whole[0])).toContain('Aylin');
    expect([whole[1], whole[3]]).toEqual([whole[0], whole[2]]);
    expect(whole[2]).not.toEqual(whole[0]);
  });

  it.each([
    ['freezes', async (): Promise<void> => stage.redis.freeze(), async (): Promise<void> => stage.redis.thaw()],
    ['is killed', (): Promise<void> => stage.redis.kill(), (): Promise<void> => stage.redis.start()],
  ])(
    'costs nobody an answer when it %s, and hardly a wait',
    async (_, disturb, mend) => {
      const before = [hits(), unanswered()];
      await load(disturb);
      expect(stage.values.map(({ isUsable }) => isUsable)).toEqual([false, false]);
      expect(hits()).toBeGreaterThan(before[0]!);
      // What was under way on each gateway at that moment, and not one lookup more.
      expect(unanswered() - before[1]!).toBeLessThanOrEqual(2 * AT_ONCE * PARTS);
      await mend();
      await stage.used(true);
      const restored = hits();
      await load(() => Promise.resolve());
      expect(hits()).toBeGreaterThan(restored);
    },
    120_000,
  );
});
