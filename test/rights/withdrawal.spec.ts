import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { openHouse, type GraphAnswer, type House } from '../harness.js';

const QUERY = `{ me { energy { contracts { number } } pools { cards { number } }
  subsidiaries { subsidiary access consentPurpose } } }`;
const WITHDRAW = `mutation ($subsidiaries: [Subsidiary!]!) {
  withdrawConsent(purpose: JOINT_PORTAL, subsidiaries: $subsidiaries) { ... on Customer { subsidiaries { subsidiary access } } }
}`;

const numbersIn = (answer: GraphAnswer): RegExpMatchArray | null =>
  JSON.stringify(answer.data ?? null).match(/"03\d{8}"/g);
const accessOf = ({ data }: GraphAnswer): Record<string, string> => {
  const { subsidiaries } = data!['me'] as { subsidiaries: { subsidiary: string; access: string }[] };
  return Object.fromEntries(subsidiaries.map(({ subsidiary, access }) => [subsidiary, access]));
};

describe('a withdrawn consent', () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock, instances: 2 });
  }, 60_000);
  afterAll(() => house.close());

  const ask = (persona: string, instance: number): Promise<GraphAnswer> =>
    house.graphql({ query: QUERY }, { persona, instance });
  const withdraw = (persona: string, subsidiaries: string[]): Promise<GraphAnswer> =>
    house.graphql({ query: WITHDRAW, variables: { subsidiaries } }, { persona, instance: 0 });

  it('ends the data on both instances with the answer, however warm their caches are', async () => {
    const before = await Promise.all([ask('aylin', 0), ask('aylin', 1)]);
    expect(before.map((answer) => numbersIn(answer)?.length)).toEqual([2, 2]);
    expect((await withdraw('aylin', ['ENERGY'])).errors).toEqual([]);
    const after = await Promise.all(Array.from({ length: 20 }, (_, index) => ask('aylin', index % 2)));
    for (const answer of after) {
      expect(numbersIn(answer)).toBeNull();
      expect([answer.errors, accessOf(answer)['ENERGY'], accessOf(answer)['POOLS']]).toEqual([
        [],
        'CONSENT_REQUIRED',
        'AVAILABLE',
      ]);
    }
  });

  it('keeps a slow read in flight from being served', async () => {
    await house.control('POST', '/faults', {
      kind: 'latency',
      milliseconds: 1_200,
      system: 'sap-umc',
      household: 'karl',
    });
    let answered = false;
    const slow = [0, 1].map(async (instance) => {
      const answer = await ask('karl', instance);
      return { answer, late: answered };
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await withdraw('karl', ['ENERGY']);
    answered = true;
    for (const { answer, late } of await Promise.all(slow)) {
      expect(late).toBe(true);
      expect(numbersIn(answer)).toBeNull();
      expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['CONFLICT']);
    }
  });

  it('can be given again, and then the data are back everywhere', async () => {
    const consents = '{ me { consents { purpose textVersion subsidiaries } } }';
    const { data } = await house.graphql({ query: consents }, { persona: 'aylin' });
    const { consents: texts } = data!['me'] as { consents: { purpose: string; textVersion: string }[] };
    const textVersion = texts.find(({ purpose }) => purpose === 'JOINT_PORTAL')?.textVersion;
    const give = `mutation ($textVersion: String!) { giveConsent(purpose: JOINT_PORTAL, textVersion: $textVersion,
      subsidiaries: [ENERGY, HOUSING, TRANSIT, POOLS]) { __typename } }`;
    expect((await house.graphql({ query: give, variables: { textVersion } }, { persona: 'aylin' })).data).toEqual({
      giveConsent: { __typename: 'Customer' },
    });
    const answers = await Promise.all([ask('aylin', 0), ask('aylin', 1)]);
    expect(answers.map((answer) => numbersIn(answer)?.length)).toEqual([2, 2]);
  });
});
