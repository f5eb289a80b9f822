import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { loadProvider } from './load-provider.js';
import { memoryAdapters } from './memory-adapter.js';
import { messagePage, signOutPage } from './pages.js';

/** The resource that access tokens are for: the gateway's graph. */
export const AUDIENCE = 'https://saaltor.example/graph';

/** Seconds an access token is valid. */
export const TOKEN_LIFETIME = 3600;

/** Grant by which tools exchange a persona's key and password for a token; only the sandbox has it. */
export const PERSONA_GRANT = 'urn:saaltor:sandbox:persona';

export const CLI_CLIENT = 'saaltor-cli';

/** The confidential client of a portal on this machine. Its secret protects nothing but imitations. */
const PORTAL_CLIENT = {
  client_id: 'saaltor-portal',
  client_secret: 'saaltor-portal-sandbox-secret',
  redirect_uris: ['http://127.0.0.1:4000/auth/callback', 'http://localhost:4000/auth/callback'],
} as const;

/** The resource server as oidc-provider wants it: access tokens are JWTs of RFC 9068. */
export const GRAPH_RESOURCE = {
  scope: '',
  audience: AUDIENCE,
  accessTokenTTL: TOKEN_LIFETIME,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'RS256' } },
} as const;

const makeKeyPair = promisify(generateKeyPair);

/** @param isAccount whether a `sub` exists and may sign in */
export async function providerSettings(isAccount: (sub: string) => boolean): Promise<Configuration> {
  return {
    adapter: memoryAdapters(),
    jwks: { keys: await signingKeys() },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    clients: [
      {
        client_id: CLI_CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: [PERSONA_GRANT],
        response_types: [],
        redirect_uris: [],
      },
      {
        ...PORTAL_CLIENT,
        redirect_uris: [...PORTAL_CLIENT.redirect_uris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: (_context, indicator) => graphResource(indicator),
        useGrantedResource: () => true,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, signOutPage(form)),
        postLogoutSuccessSource: (context) => show(context, messagePage('Abgemeldet', 'Sie sind jetzt abgemeldet.')),
      },
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => (isAccount(sub) ? { accountId: sub, claims: () => ({ sub }) } : undefined),
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    loadExistingGrant: grantEverythingAsked,
    renderError: (context, { error }) =>
      show(context, messagePage('Anmeldung nicht möglich', `Die Anfrage wurde abgelehnt (${error}).`)),
    ttl: {
      AccessToken: TOKEN_LIFETIME,
      AuthorizationCode: 60,
      Grant: 86_400,
      IdToken: TOKEN_LIFETIME,
      Interaction: 600,
      RefreshToken: 86_400,
      Session: 86_400,
    },
  };
}

/** New keys at every start: nobody can come to rely on them. */
async function signingKeys() {
  const pairs = await Promise.all([
    makeKeyPair('rsa', { modulusLength: 2048 }),
    makeKeyPair('ec', { namedCurve: 'P-256' }),
  ]);
  return pairs.map(({ privateKey }) => Object.assign(privateKey.export({ format: 'jwk' }), { use: 'sig' }));
}

async function graphResource(indicator: string) {
  if (indicator === AUDIENCE) return { ...GRAPH_RESOURCE };
  const { errors } = await loadProvider();
  throw new errors.InvalidTarget();
}

/** The group's own portal needs no consent page: what it asks for is granted. */
async function grantEverythingAsked(context: KoaContextWithOIDC) {
  const { client, session, params, provider } = context.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  if (typeof params?.scope === 'string') grant.addOIDCScope(params.scope);
  grant.addResourceScope(AUDIENCE, '');
  await grant.save();
  return grant;
}

function show(context: KoaContextWithOIDC, html: string): void {
  context.type = 'html';
  context.body = html;
}
