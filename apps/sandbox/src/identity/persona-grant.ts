import { randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import { CLI_CLIENT, PERSONA_GRANT } from './channel-clients.js';
import { loadProvider } from './load-provider.js';
import type { FindPerson } from './people.js';
import { AUDIENCE, GRAPH_RESOURCE } from './provider-settings.js';

/** The token endpoint's answer, in OAuth's spelling. */
export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/** How and when the person signed in, as claims. */
export interface SignInClaims {
  readonly acr?: string;
  readonly auth_time: number;
}

/** Adds the grant by which a tool signs a persona in without a browser. */
export async function addPersonaGrant(provider: Provider, find: FindPerson): Promise<void> {
  const { errors } = await loadProvider();
  provider.registerGrantType(
    PERSONA_GRANT,
    async (context) => {
      const { username, password } = context.oidc.params ?? {};
      if (typeof username !== 'string' || typeof password !== 'string') {
        throw new errors.InvalidRequest('username and password are required');
      }
      if (find(username)?.password !== password) throw new errors.InvalidGrant('unknown persona or wrong password');
      context.body = await issueToken(provider, username, { auth_time: Math.floor(Date.now() / 1_000) });
    },
    ['username', 'password'],
  );
}

/**
 * An access token for that person, as if the command line client had asked for it.
 * @param lifetime in seconds; as for all tokens unless given
 */
export async function issueToken(
  provider: Provider,
  key: string,
  claims: SignInClaims,
  lifetime?: number,
): Promise<IssuedToken> {
  const client = await provider.Client.find(CLI_CLIENT);
  if (!client) throw new Error('the command line client is not registered');
  const token = new provider.AccessToken({
    client,
    accountId: key,
    grantId: randomUUID(),
    gty: PERSONA_GRANT,
    resourceServer: new provider.ResourceServer(AUDIENCE, { ...GRAPH_RESOURCE }),
    extra: { ...claims },
    ...(lifetime !== undefined && { expiresIn: lifetime }),
  });
  const accessToken = await token.save();
  return { access_token: accessToken, token_type: 'Bearer', expires_in: token.expiration };
}
