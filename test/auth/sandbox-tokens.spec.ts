import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { WRONGS } from '../../apps/sandbox/src/identity/wrong-tokens.js';
import { openHouse, type House } from '../harness.js';

describe("the sandbox's tokens at the gateway", () => {
  let house: House;

  beforeAll(async () => {
    house = await openHouse({ clock: systemClock });
  }, 60_000);
  afterAll(async () => await house?.close());

  const control = (path: string, body?: object): Promise<Response> =>
    fetch(house.sandbox.controlUrl + path, body ? { method: 'POST', body: JSON.stringify(body) } : {});

  async function refusalOf(wrong: string): Promise<unknown> {
    const answer = await control('/tokens', { persona: 'aylin', wrong });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    const { errors } = await house.graphql({ query: '{ me { name } }' }, { headers });
    return errors[0]?.extensions['code'];
  }

  it.each(WRONGS)('are refused when they are wrong: %s', async (wrong) => {
    expect(await refusalOf(wrong)).toBe('UNAUTHENTICATED');
  });

  it('make nobody fetch the keys that a token names', async () => {
    await Promise.all(['jku', 'x5u', 'jwk'].map(refusalOf));
    const counts = await (await control('/identity/requests')).json();
    expect(counts).toMatchObject({ '/jwks': expect.any(Number) });
    expect(counts).not.toHaveProperty('/foreign-keys');
  });
});
