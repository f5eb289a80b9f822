import type { AdapterFactory, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { CustomerDirectory } from '#lib/customer';
import { messagePage, pageHeaders } from '../consent/consent-page.js';
import type { PartnerContracts } from '../contracts/partner-contracts.js';
import { GRANT_DAYS } from '../grants/partner-grants.js';
import { loadProvider } from './load-provider.js';
import type { ServerKeys } from './server-keys.js';

/** Seconds for which an access token counts, before a fresh one is needed. */
export const TOKEN_SECONDS = 600;
const CODE_SECONDS = 60;
/** Time for a customer to sign in and decide. */
const REQUEST_SECONDS = 900;
const REFRESH_SECONDS = GRANT_DAYS * 86_400;
const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;

/** What the authorization server is made of. */
export interface ServerHouse {
  readonly contracts: PartnerContracts;
  readonly customers: CustomerDirectory;
  readonly keys: ServerKeys;
  readonly adapter: AdapterFactory;
  /** Path at which a customer is asked, with a slash at its end. */
  readonly deskPath: string;
}

/** OAuth 2.0 after RFC 9700: codes only with PKCE, exact addresses, opaque tokens, refresh tokens that count once. */
export async function providerSettings(house: ServerHouse): Promise<Configuration> {
  const { contracts, customers, keys, adapter, deskPath } = house;
  const { interactionPolicy } = await loadProvider();
  const { Check, Prompt } = interactionPolicy;
  const isUndecided = ({ oidc }: KoaContextWithOIDC): boolean => oidc.result?.consent === undefined;
  const decided = new Check('customer_decides', 'the customer has to decide', 'login_required', isUndecided);
  return {
    adapter,
    jwks: { keys: [keys.signingKey()] },
    cookies: {
      keys: [keys.cookieKey()],
      names: {
        session: 'saaltor-partner-server',
        interaction: 'saaltor-partner-ask',
        resume: 'saaltor-partner-resume',
      },
      long: { httpOnly: true, sameSite: 'lax', signed: true, path: '/partner/oauth' },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt'],
    clientBasedCORS: () => false,
    scopes: ['openid', ...Object.keys(contracts.scopes.own), ...Object.keys(contracts.scopes.granted)],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    subjectTypes: ['pairwise', 'public'],
    pairwiseIdentifier: (_context, accountId, client) => keys.pairwiseSubject(client.clientId, accountId),
    pkce: { required: () => true },
    enabledJWA: {
      idTokenSigningAlgValues: ['EdDSA'],
      clientAuthSigningAlgValues: [...ASYMMETRIC],
    },
    features: {
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
    },
    // Nothing that a request or a contract names is ever fetched.
    fetch: () => Promise.reject(new Error('the authorization server fetches nothing')),
    interactions: {
      // The customer is asked each time: whether somebody is signed in, the gateway's own session says.
      policy: [
        new Prompt({ name: 'login', requestable: true }, decided),
        new Prompt({ name: 'consent', requestable: true }),
      ],
      url: (_context, { uid }) => deskPath + uid,
    },
    findAccount: async (_context, id) => {
      const customer = await customers.find(id);
      return customer && { accountId: id, claims: () => ({ sub: id }) };
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    expiresWithSession: () => false,
    // Whatever ends a token that a customer let a partner have ends the grant, so the customer sees what is true.
    revokeGrantPolicy: () => true,
    renderError: showError,
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Grant: REFRESH_SECONDS,
      IdToken: TOKEN_SECONDS,
      Interaction: REQUEST_SECONDS,
      RefreshToken: REFRESH_SECONDS,
      Session: REQUEST_SECONDS,
    },
  };
}

/** Mistakes of a partner's application, seen by a person; the library's own words stay out. */
function showError(context: KoaContextWithOIDC, { error }: { error: string }): void {
  for (const [header, value] of Object.entries(pageHeaders())) context.set(header, value);
  const code = /^[a-z_]{1,40}$/.test(error) ? error : 'server_error';
  context.body = messagePage(
    'Anfrage nicht möglich',
    `Die Anwendung, aus der Sie kommen, hat etwas Falsches angefragt (${code}). Bitte wenden Sie sich an deren Betreiber.`,
  );
}
