import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hasRedisServer, until } from '#lib/testing';
import type { GraphAnswer } from '../harness.js';
import { openRedisHouse, type RedisHouse } from '../redis/redis-house.js';

const withRedis = hasRedisServer('a consent withdrawn beside a Redis') ? describe : describe.skip;

// The machine may be busy with other suites.
jest.setTimeout(60_000);

const QUERY = `{ me { energy { contracts { number } } subsidiaries { subsidiary access } } }`;
const WITHDRAW = `mutation { withdrawConsent(purpose: JOINT_PORTAL, subsidiaries: [ENERGY]) { __typename } }`;

const numbersIn = ({ data }: GraphAnswer): string[] => JSON.stringify(data ?? null).match(/"03\d{8}"/g) ?? [];

withRedis('a consent withdrawn beside a Redis that has the data', () => {
  let stage: RedisHouse;

  beforeAll(async () => {
    stage = await openRedisHouse();
  }, 60_000);
  afterAll(() => stage?.close());
  afterEach(async () => {
    await stage.house.control('DELETE', '/faults');
    stage.redis.thaw();
    await stage.used(true);
  });

  const ask = (persona: string, instance: number): Promise<GraphAnswer> =>
    stage.house.graphql({ query: QUERY }, { persona, instance });
  const withdraw = async (persona: string): Promise<void> => {
    const { data, errors } = await stage.house.graphql({ query: WITHDRAW }, { persona });
    expect([data, errors]).toEqual([{ withdrawConsent: { __typename: 'Customer' } }, []]);
  };
  const warm = async (persona: string): Promise<void> => {
    const answers = [await ask(persona, 0), await ask(persona, 1), await ask(persona, 1)];
    for (const answer of answers) expect(numbersIn(answer).length).toBeGreaterThan(0);
    expect(answers[2]!.sources.map(({ state }) => state)).toEqual(['CACHED']);
    await stage.written();
    expect((await stage.redis.listKeys()).length).toBeGreaterThan(0);
  };
  const expectGone = async (persona: string): Promise<void> => {
    const after = await Promise.all(Array.from({ length: 20 }, (_, index) => ask(persona, index % 2)));
    for (const answer of after) {
      expect([numbersIn(answer), answer.errors]).toEqual([[], []]);
      expect(JSON.stringify(answer.data)).toContain('{"subsidiary":"ENERGY","access":"CONSENT_REQUIRED"}');
    }
  };

  it.each([
    ['runs', 'aylin', (): void => undefined],
    ['is frozen', 'karl', (): void => stage.redis.freeze()],
  ])('ends the data on both gateways while it %s', async (_, persona, disturb) => {
    await warm(persona);
    disturb();
    await withdraw(persona);
    await expectGone(persona);
  });

  it('ends the data on both gateways while it is killed and when it comes back', async () => {
    await warm('jana');
    await stage.redis.kill();
    await withdraw('jana');
    await expectGone('jana');
    await stage.redis.start();
    await stage.used(true);
    await expectGone('jana');
  });

  it('ends the data for a gateway that starts later, with nothing but Redis to remember', async () => {
    await warm('lena');
    await withdraw('lena');
    await stage.restart(1);
    await expectGone('lena');
  });

  it.each([
    ['runs', 'sabine', (): void => undefined],
    ['is frozen', 'mandy', (): void => stage.redis.freeze()],
  ])('keeps a slow read in flight from being served while it %s', async (_, persona, disturb) => {
    disturb();
    const fault = { kind: 'latency', milliseconds: 1_200, count: 100, system: 'sap-umc', household: persona };
    await stage.house.control('POST', '/faults', fault);
    let withdrawn = false;
    const slow = [0, 1].map(async (instance) => {
      const answer = await ask(persona, instance);
      return { answer, late: withdrawn };
    });
    await until('both reads are in flight', async () => {
      const answer = await fetch(`${stage.house.sandbox.controlUrl}/faults`);
      const { faults } = (await answer.json()) as { faults: { household: string; left?: number }[] };
      return faults.some(({ household, left = 100 }) => household === persona && left <= 98);
    });
    await withdraw(persona);
    withdrawn = true;
    for (const { answer, late } of await Promise.all(slow)) {
      expect([late, numbersIn(answer)]).toEqual([true, []]);
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['CONFLICT']);
    }
    await stage.written();
    await expectGone(persona);
  });
});
