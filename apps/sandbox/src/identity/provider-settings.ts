import type { Configuration, FindAccount, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import type { ChannelClients } from './channel-clients.js';
import { interactionPolicyFor } from './interaction-policy.js';
import type { Lifetimes } from './lifetimes.js';
import { loadProvider } from './load-provider.js';
import { messagePage, showPage, signOutPage } from './pages.js';
import { AGENT_CLAIM, claimsOf, type FindPerson } from './people.js';
import { SECOND_FACTOR } from './second-factor.js';
import type { SignInStore } from './sign-in-store.js';

/** The resource that access tokens are for: the gateway's graph. */
export const AUDIENCE = 'https://saaltor.example/graph';

/** The resource server as the library wants it: access tokens are JWTs of RFC 9068. */
export const GRAPH_RESOURCE = {
  scope: '',
  audience: AUDIENCE,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
} as const;

/** What the provider is made of; all but the keys may change while it runs. */
export interface ProviderParts {
  readonly find: FindPerson;
  readonly clients: ChannelClients;
  readonly store: SignInStore;
  readonly lifetimes: () => Lifetimes;
  readonly keys: JWKS;
  readonly cookieKeys: readonly string[];
}

export async function providerSettings(parts: ProviderParts): Promise<Configuration> {
  const { find, clients, store, lifetimes, keys, cookieKeys } = parts;
  return {
    adapter: store.adapters((id) => clients.find(id)),
    jwks: keys,
    cookies: { keys: [...cookieKeys] },
    scopes: ['openid'],
    acrValues: [SECOND_FACTOR],
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time', AGENT_CLAIM] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true },
      backchannelLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: (_context, indicator) => graphResource(indicator),
        useGrantedResource: () => true,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => showPage(context, signOutPage(form)),
        postLogoutSuccessSource: (context) =>
          showPage(context, messagePage('Abgemeldet', 'Sie sind jetzt abgemeldet.')),
      },
    },
    interactions: {
      url: (_context, interaction) => `/interaction/${interaction.uid}`,
      policy: await interactionPolicyFor(find),
    },
    findAccount: findAccountAmong(find),
    extraTokenClaims: (context, token) => ({
      ...signInClaims(context),
      // What was put into a token by hand counts.
      ...('extra' in token && token.extra),
      ...('accountId' in token && claimsOf(find(token.accountId))),
    }),
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    // Each refresh token serves once; one that comes back revokes its family.
    rotateRefreshToken: true,
    loadExistingGrant: grantEverythingAsked,
    // The library's own would refuse to post logout tokens to this machine.
    fetch: (input, init) => fetch(input, withoutDispatcher(init)),
    renderError: (context, { error }) =>
      showPage(context, messagePage('Anmeldung nicht möglich', `Die Anfrage wurde abgelehnt (${error}).`)),
    ttl: {
      AccessToken: () => lifetimes().accessToken,
      AuthorizationCode: 60,
      // Longer than any of its tokens may be made to live.
      Grant: 32 * 86_400,
      IdToken: () => lifetimes().accessToken,
      Interaction: 600,
      RefreshToken: () => lifetimes().refreshToken,
      Session: () => lifetimes().session,
    },
  };
}

async function graphResource(indicator: string) {
  if (indicator === AUDIENCE) return { ...GRAPH_RESOURCE };
  const { errors } = await loadProvider();
  throw new errors.InvalidTarget();
}

function findAccountAmong(find: FindPerson): FindAccount {
  return (_context, sub) => {
    const person = find(sub);
    if (person === undefined || person.password === null) return undefined;
    return { accountId: sub, claims: () => ({ sub, ...claimsOf(person) }) };
  };
}

/** How and when the person signed in, for access tokens (RFC 9068, section 2.2.1). */
function signInClaims(context: KoaContextWithOIDC | undefined) {
  const { RefreshToken: refreshToken, AuthorizationCode: code } = context?.oidc.entities ?? {};
  const source = refreshToken ?? code;
  return {
    ...(source?.acr !== undefined && { acr: source.acr }),
    ...(source?.authTime !== undefined && { auth_time: source.authTime }),
  };
}

/** The group's own channels need no consent page: what they ask for is granted, once for each sign-in. */
async function grantEverythingAsked(context: KoaContextWithOIDC) {
  const { client, session, params, provider } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const { accountId } = session;
  const grantId = session.grantIdFor(client.clientId);
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known?.accountId === accountId ? known : new provider.Grant({ clientId: client.clientId, accountId });
  if (typeof params?.['scope'] === 'string') grant.addOIDCScope(params['scope']);
  grant.addResourceScope(AUDIENCE, '');
  await grant.save();
  return grant;
}

function withoutDispatcher(init: RequestInit | undefined): RequestInit {
  const { dispatcher: _, ...rest } = (init ?? {}) as RequestInit & { dispatcher?: unknown };
  return rest;
}
