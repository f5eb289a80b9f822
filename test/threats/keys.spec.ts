import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import { openHouse, type House } from '../harness.js';
import { PassingClock } from './passing-clock.js';

const NAME = 'Aylin Kaya-Größel';

describe('the keys of the identity provider', () => {
  const clock = new PassingClock();
  let provider: FakeProvider;
  let house: House;

  beforeAll(async () => {
    provider = await FakeProvider.open(clock);
    house = await openHouse({ clock, environment: { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE } });
  }, 60_000);
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.mood = 'well';
  });

  /** The customer's name, or status and code of what refused. */
  const ask = async (token: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    const { status, data, errors } = await house.graphql({ query: '{ me { name } }' }, { headers });
    return (data?.['me'] as { name: string } | null | undefined)?.name ?? [status, errors[0]?.extensions['code']];
  };
  const wait = (seconds: number): void => clock.pass(seconds * 1_000);

  it('threat 19: a new key counts within 30 s, beside the one before while that is published', async () => {
    const before = await provider.accessToken();
    expect(await ask(before)).toBe(NAME);
    await provider.rotate({ keep: true });
    const after = await provider.accessToken();
    wait(30);
    expect([await ask(after), await ask(before)]).toEqual([NAME, NAME]);
  });

  it('threat 19: a key that was taken back counts no longer after 30 s, for tokens that were answered before, too', async () => {
    const before = await provider.accessToken();
    expect(await ask(before)).toBe(NAME);
    await provider.rotate();
    wait(30);
    expect([await ask(await provider.accessToken()), await ask(before)]).toEqual([NAME, [401, 'UNAUTHENTICATED']]);
  });

  it.each(['down', 'hanging'] as const)(
    'threat 20: while the issuer is %s known keys go on, and unknown ones are refused',
    async (mood) => {
      expect(await ask(await provider.accessToken())).toBe(NAME);
      const known = await provider.accessToken({ jti: mood });
      provider.mood = mood;
      wait(60);
      const unknown = await provider.accessToken({}, { kid: `unknown while ${mood}` });
      const [goesOn, refused] = await Promise.all([ask(known), ask(unknown)]);
      expect(goesOn).toBe(NAME);
      expect([
        [401, 'UNAUTHENTICATED'],
        [503, 'UPSTREAM_UNAVAILABLE'],
        [503, 'UPSTREAM_TIMEOUT'],
      ]).toContainEqual(refused);
    },
  );
});
