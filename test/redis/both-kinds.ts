import { systemClock } from '#lib/kernel';
import { Browser, CHANNEL_ENVIRONMENT, OWN } from '../auth/browser.js';
import { AUDIENCE, FakeProvider } from '../auth/fake-provider.js';
import type { GraphAnswer } from '../harness.js';
import { openRedisHouse, type RedisHouse } from './redis-house.js';

/** Asks as one caller at one of the gateways. */
export type Ask = (query: string, instance: number) => Promise<GraphAnswer>;

/** One customer, who asks with a token of their own and with the session of a browser. */
export interface Customer {
  readonly sub: string;
  readonly token: Ask;
  readonly cookie: Ask;
}

/** Two gateways, one Redis behind a network that fails, and customers who are signed in in both ways. */
export interface BothKinds extends RedisHouse {
  readonly customers: readonly Customer[];
}

/** @param subs personas of the sandbox */
export async function openBothKinds(
  subs: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<BothKinds> {
  const provider = await FakeProvider.open(systemClock);
  const channels = { ...CHANNEL_ENVIRONMENT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
  const stage = await openRedisHouse({ throughProxy: true, environment: { ...channels, ...environment } });
  const askWith =
    (credentials: Record<string, string>): Ask =>
    (query, instance) =>
      // The machine may be busy, but nothing is out: whoever waits gets all.
      stage.house.graphql({ query }, { instance, headers: { ...credentials, prefer: 'wait=10' } });
  const customers: Customer[] = [];
  for (const sub of subs) {
    const browser = new Browser(stage.house);
    await browser.signIn(provider, { sub });
    const authorization = `Bearer ${await provider.accessToken({ sub })}`;
    customers.push({ sub, token: askWith({ authorization }), cookie: askWith({ ...browser.headers(), ...OWN }) });
  }
  return {
    ...stage,
    customers,
    close: async () => {
      await stage.close();
      await provider.close();
    },
  };
}
