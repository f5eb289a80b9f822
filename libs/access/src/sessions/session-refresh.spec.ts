import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { customerMigrations, type Coherence } from '#lib/customer';
import { AppError, instantOf } from '#lib/kernel';
import { openTestStore, TestClock, type TestStore } from '#lib/testing';
import type { Store } from '#lib/store';
import { ClientSecret, type Channel } from '../channels/channel.js';
import type { ChannelSettings } from '../channels/channel.settings.js';
import type { Channels } from '../channels/channels.js';
import { accessMigrations } from '../persistence/migrations.js';
import { SessionSecrets } from '../secrets/session-secrets.js';
import type { IdentityProvider } from '../sign-in/identity-provider.js';
import type { Renewed } from '../sign-in/signed-in.js';
import { SessionRefresh } from './session-refresh.js';
import { SessionRows } from './session-rows.js';
import type { SessionTables } from './session.tables.js';
import { Sessions } from './sessions.js';

jest.setTimeout(60_000);

const PORTAL: Channel = {
  name: 'portal',
  origin: 'https://portal.example',
  audience: 'customer',
  clientId: 'p',
  clientSecret: new ClientSecret('s'),
};
const SETTINGS: ChannelSettings = { channels: '[]', trustedProxies: [] };
const HOUR_MS = 3_600_000;

/** Remembers nothing, so that every look is one at the database. */
const forgetful = {
  get: (_key: string, load: () => Promise<object | undefined>) => load(),
  afterCommit: () => Promise.resolve(),
} as unknown as Coherence;

describe('what the identity provider gave for a session', () => {
  let database: TestStore;
  let stores: Store[];
  let clock: TestClock;
  let sent: string[];
  let answer: (token: string) => Promise<Renewed>;
  let instances: Sessions[];

  beforeAll(async () => {
    database = await openTestStore([customerMigrations, accessMigrations]);
    stores = [database.store, await database.another()];
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    await stores[0]!.tables<SessionTables>().deleteFrom('browser_session').execute();
    clock = new TestClock();
    sent = [];
    answer = (token) => Promise.resolve({ refreshToken: `${token}+`, refreshInMs: HOUR_MS });
    const provider = {
      renew: (_channel: Channel, token: string) => {
        sent.push(token);
        return answer(token);
      },
    } as Partial<IdentityProvider> as IdentityProvider;
    const channels = { list: () => [PORTAL] } as Partial<Channels> as Channels;
    instances = stores.map((store) => {
      const rows = new SessionRows(store);
      const secrets = new SessionSecrets(SETTINGS, store);
      const refresh = new SessionRefresh(store, rows, provider, channels, secrets, clock);
      return new Sessions(rows, forgetful, secrets, refresh, clock);
    });
  });

  const signIn = (): Promise<string> =>
    instances[0]!.open(PORTAL, { subject: 'lena', agent: null, refreshToken: 'first', refreshInMs: HOUR_MS }, null);

  /** The session is used on that instance. @returns whether it was there */
  const use = async (token: string, instance = 0): Promise<boolean> => {
    const session = await instances[instance]!.find(token, PORTAL);
    if (session !== undefined) instances[instance]!.use(session);
    return session !== undefined;
  };
  /** In use every twenty minutes, so that it does not end by itself. */
  const useFor = async (token: string, milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 1_200_000) {
      await clock.advance(1_200_000);
      await use(token);
      await written();
    }
  };
  /** Until what was started behind the request has come to its end in the database. */
  const written = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await stores[0]!.clock();
    const now = instantOf(clock.now());
    const tables = stores[0]!.tables<SessionTables>();
    let isOpen = true;
    while (isOpen) {
      const rows = tables.selectFrom('browser_session').select('id');
      const undone = await rows
        .where((row) =>
          row.or([
            row('last_used_at', '<', now),
            row('refresh_claim', 'is not', null),
            row('refresh_due_at', '<=', now),
          ]),
        )
        .execute();
      isOpen = undone.length > 0;
    }
  };
  const keptTokens = async (): Promise<string[]> => {
    const tables = stores[0]!.tables<SessionTables>();
    const rows = await tables.selectFrom('browser_session').select('refresh_token').execute();
    return rows.map(({ refresh_token: token }) => token ?? '');
  };

  it('is kept encrypted', async () => {
    await signIn();
    const [kept = ''] = await keptTokens();
    expect(kept).not.toBe('');
    expect(kept + Buffer.from(kept, 'base64url').toString('latin1')).not.toContain('first');
  });

  it('is renewed when it is due, with the newest token each time', async () => {
    const token = await signIn();
    await useFor(token, 3 * HOUR_MS);
    expect(sent).toEqual(['first', 'first+', 'first++']);
    expect(await use(token)).toBe(true);
  });

  it('is sent once, however many instances find it due at the same time', async () => {
    const token = await signIn();
    await useFor(token, HOUR_MS - 1_200_000);
    await clock.advance(1_200_000);
    await Promise.all(Array.from({ length: 20 }, (_, index) => use(token, index % 2)));
    await written();
    expect(sent).toEqual(['first']);
  });

  it('threat 22: a refresh token that was used before ends the session', async () => {
    const token = await signIn();
    answer = () => Promise.reject(new AppError('UNAUTHENTICATED', 'used before'));
    await useFor(token, HOUR_MS);
    expect(await use(token)).toBe(false);
  });

  it.each(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_REJECTED'] as const)(
    'a provider that answers %s ends no session, and is asked again',
    async (code) => {
      const token = await signIn();
      answer = () => Promise.reject(new AppError(code, 'away'));
      await useFor(token, 2 * HOUR_MS);
      expect([await use(token), new Set(sent)]).toEqual([true, new Set(['first'])]);
      answer = () => Promise.resolve({ refreshToken: 'second', refreshInMs: HOUR_MS });
      await useFor(token, 2 * HOUR_MS);
      expect(sent).toContain('second');
    },
  );

  it('does not overwrite what a second factor brought meanwhile', async () => {
    const token = await signIn();
    await useFor(token, HOUR_MS - 1_200_000);
    await clock.advance(1_200_000);
    let refuse: () => void = () => undefined;
    answer = () => new Promise((_, reject) => (refuse = () => reject(new AppError('UNAUTHENTICATED', 'old'))));
    const session = await instances[0]!.find(token, PORTAL);
    instances[0]!.use(session!);
    while (sent.length === 0) await stores[0]!.clock();
    const person = { subject: 'lena', agent: null, refreshToken: 'strong', refreshInMs: HOUR_MS };
    const next = await instances[0]!.stepUp(session!.id, PORTAL, person);
    refuse();
    await written();
    expect([await use(token), await use(next)]).toEqual([false, true]);
  });
});
