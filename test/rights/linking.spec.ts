import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openHouse, type House } from '../harness.js';

const LINK = `mutation ($subsidiary: Subsidiary!, $number: String!, $fact: String!) {
  linkSubsidiary(subsidiary: $subsidiary, number: $number, fact: $fact) {
    __typename
    ... on Refusal { code message retryAfterSeconds problems { path code } }
    ... on Customer { subsidiaries { subsidiary access } }
  }
}`;

/** Lena's numbers at the energy company, which the sandbox computes from her own. */
const LENA = { subsidiary: 'ENERGY', number: '0004100007' };

describe('linking a company', () => {
  let house: House;
  let contract: string;

  beforeAll(async () => {
    house = await openHouse();
    const { data } = await house.graphql({ query: '{ me { energy { contracts { number } } } }' }, { persona: 'lena' });
    contract = (data!['me'] as { energy: { contracts: { number: string }[] } }).energy.contracts[0]!.number;
  }, 60_000);
  afterAll(() => house.close());

  const link = async (persona: string, variables: object): Promise<Record<string, unknown>> => {
    const { data, errors } = await house.graphql({ query: LINK, variables }, { persona });
    expect(errors).toEqual([]);
    return data!['linkSubsidiary'] as Record<string, unknown>;
  };
  const mutate = (persona: string, mutation: string): Promise<unknown> =>
    house.graphql({ query: `mutation { ${mutation} }` }, { persona }).then(({ data }) => data);

  it('answers a wrong fact of a real number and a number that does not exist with the same refusal', async () => {
    const [wrong, unknown] = await Promise.all([
      link('kim', { ...LENA, fact: '0310000999' }),
      link('minh', { ...LENA, number: '0009999999', fact: contract }),
    ]);
    expect(wrong).toMatchObject({ __typename: 'Refusal', code: 'LINK_NOT_PROVEN' });
    expect(unknown).toEqual(wrong);
  }, 20_000);

  it('by a second fact links, then asks for consent before anything is shown beside other companies', async () => {
    const linked = await link('otto', { ...LENA, fact: contract });
    expect(linked['subsidiaries']).toContainEqual({ subsidiary: 'ENERGY', access: 'CONSENT_REQUIRED' });
    const { data } = await house.graphql({ query: '{ me { consents { purpose textVersion } } }' }, { persona: 'otto' });
    const { consents } = data!['me'] as { consents: { purpose: string; textVersion: string }[] };
    const version = consents.find(({ purpose }) => purpose === 'JOINT_PORTAL')!.textVersion;
    await mutate(
      'otto',
      `giveConsent(purpose: JOINT_PORTAL, subsidiaries: [ENERGY], textVersion: "${version}") { __typename }`,
    );
    const shown = await house.graphql({ query: '{ me { energy { contracts { number } } } }' }, { persona: 'otto' });
    expect(shown.data).toEqual({ me: { energy: { contracts: [{ number: contract }] } } });
    await mutate('otto', 'unlinkSubsidiary(subsidiary: ENERGY) { __typename }');
    const hidden = await house.graphql({ query: '{ me { energy { contracts { number } } } }' }, { persona: 'otto' });
    expect([hidden.data, hidden.errors]).toEqual([{ me: { energy: null } }, []]);
  }, 20_000);

  it('by letter takes the code from the letter, once', async () => {
    await mutate('otto', 'requestLinkLetter(subsidiary: POOLS, number: "200020") { __typename }');
    const letters = (await (await fetch(`${house.sandbox.controlUrl}/letters`)).json()) as {
      code: string;
      account: string;
    }[];
    const { code, account } = letters.at(-1)!;
    expect(account).toBe('200020');
    const confirm = `confirmLinkLetter(subsidiary: POOLS, code: "${code}") { __typename }`;
    expect(await mutate('otto', confirm)).toEqual({ confirmLinkLetter: { __typename: 'Customer' } });
    expect(await mutate('otto', confirm)).toEqual({ confirmLinkLetter: { __typename: 'Refusal' } });
  }, 20_000);

  it('is refused after too many attempts, with the time to wait', async () => {
    let last: Record<string, unknown> = {};
    for (let attempt = 0; attempt < 6; attempt += 1)
      last = await link('jana', { ...LENA, number: `000123456${attempt}`, fact: '1' });
    expect(last).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: expect.any(Number) });
  }, 30_000);
});
