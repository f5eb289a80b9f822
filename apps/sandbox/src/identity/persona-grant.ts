import { randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import { loadProvider } from './load-provider.js';
import { AUDIENCE, CLI_CLIENT, GRAPH_RESOURCE, PERSONA_GRANT, TOKEN_LIFETIME } from './provider-settings.js';

/** The token endpoint's answer, in OAuth's spelling. */
export interface IssuedToken {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}

/** Whether this is the password of that person. */
export type CheckPassword = (key: string, password: string) => boolean;

/** Adds the grant by which a tool signs a persona in without a browser. */
export async function addPersonaGrant(provider: Provider, check: CheckPassword): Promise<void> {
  const { errors } = await loadProvider();
  provider.registerGrantType(
    PERSONA_GRANT,
    async (context) => {
      const { username, password } = context.oidc.params;
      if (typeof username !== 'string' || typeof password !== 'string') {
        throw new errors.InvalidRequest('username and password are required');
      }
      if (!check(username, password)) throw new errors.InvalidGrant('unknown persona or wrong password');
      context.body = await issueToken(provider, username);
    },
    ['username', 'password'],
  );
}

/** An access token for that person, as if the command line client had asked for it. */
export async function issueToken(provider: Provider, key: string): Promise<IssuedToken> {
  const client = await provider.Client.find(CLI_CLIENT);
  if (!client) throw new Error('the command line client is not registered');
  const token = new provider.AccessToken({
    client,
    accountId: key,
    grantId: randomUUID(),
    gty: PERSONA_GRANT,
    resourceServer: new provider.ResourceServer(AUDIENCE, { ...GRAPH_RESOURCE }),
  });
  return { access_token: await token.save(), token_type: 'Bearer', expires_in: TOKEN_LIFETIME };
}
