import type Provider from 'oidc-provider';
import type { SignInStore } from './sign-in-store.js';

type Session = InstanceType<Provider['Session']>;

interface LogoutClient {
  backchannelLogout(sub: string, sid: string): Promise<void>;
}

/** What became of a logout token. */
export interface Notice {
  readonly client: string;
  readonly sid: string | null;
  readonly delivered: boolean;
}

/** Ends all sign-ins of a person: channels are told (OpenID Connect Back-Channel Logout 1.0), tokens are revoked. */
export async function signOutEverywhere(provider: Provider, store: SignInStore, key: string): Promise<Notice[]> {
  const notices: Notice[] = [];
  for (const { uid, accountId } of store.list('Session')) {
    const session = accountId === key && uid !== undefined ? await provider.Session.findByUid(uid) : undefined;
    if (session === undefined) continue;
    notices.push(...(await leaveChannels(provider, store, session)));
    await session.destroy();
  }
  return notices;
}

/** Somebody else signs in with the same browser: its session stays, but belongs to nobody. */
export async function vacate(provider: Provider, store: SignInStore, uid: string): Promise<void> {
  const session = await provider.Session.findByUid(uid);
  if (session === undefined) return;
  await leaveChannels(provider, store, session);
  Object.assign(session, { accountId: undefined, authorizations: undefined, acr: undefined, amr: undefined });
  await session.persist();
}

async function leaveChannels(provider: Provider, store: SignInStore, session: Session): Promise<Notice[]> {
  const { accountId, authorizations = {} } = session;
  return await Promise.all(
    Object.entries(authorizations).map(async ([client, { sid, grantId }]) => {
      if (grantId !== undefined) store.revokeGrant(grantId);
      return { client, sid: sid ?? null, delivered: await notify(provider, client, accountId ?? '', sid) };
    }),
  );
}

/** A channel that is away or refuses does not keep anybody signed in here. */
async function notify(provider: Provider, id: string, key: string, sid: string | undefined): Promise<boolean> {
  const client = await provider.Client.find(id);
  if (client?.backchannelLogoutUri === undefined || sid === undefined) return false;
  // Missing in the types: `Client.prototype.backchannelLogout(sub, sid)`.
  const { backchannelLogout: post } = client as unknown as LogoutClient;
  return await post.call(client, key, sid).then(
    () => true,
    () => false,
  );
}
