import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify, type JWTPayload } from 'jose';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  clockSkew,
  Configuration,
  customFetch,
  discovery,
  refreshTokenGrant,
  type ServerMetadata,
} from 'openid-client';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { AccessSettings } from '../access.settings.js';
import { redirectUriOf, type Channel } from '../channels/channel.js';
import { agentOf, SECOND_FACTOR_ACR } from '../claims.js';
import { IssuerKeys } from '../issuer-keys.js';
import { translateProviderError } from './provider-errors.js';
import { ProviderTransport } from './provider-transport.js';
import type { Renewed, SignedIn } from './signed-in.js';

/** Algorithms that ID tokens and logout tokens may be signed with: never a shared secret, never none. */
export const SIGNATURES = ['RS256', 'ES256', 'EdDSA'];
const METADATA_FRESH_MS = 600_000;
/** Share of the tokens' life after which they are renewed, and their life where the provider does not tell it. */
const RENEW_AT = 0.8;
const DEFAULT_LIFE_SECONDS = 3_600;

/** What a sign-in under way must find again in the answer. */
export interface SignInChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

type TokenAnswer = Awaited<ReturnType<typeof refreshTokenGrant>>;

/** The identity provider as browser channels use it: OpenID Connect with code, PKCE and a confidential client each. */
@Injectable()
export class IdentityProvider {
  private readonly transport: ProviderTransport;
  private metadata: { readonly server: ServerMetadata; readonly loadedAt: number } | undefined;
  private loading: Promise<ServerMetadata> | undefined;

  constructor(
    private readonly settings: AccessSettings,
    private readonly keys: IssuerKeys,
    upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.transport = new ProviderTransport(settings.issuer, upstream, clock);
  }

  /**
   * Where the browser goes to sign in.
   * @param again whether the person must show who they are once more, with the second factor
   * @throws AppError UPSTREAM_* when the provider cannot be asked
   */
  async authorizationUrl(channel: Channel, checks: SignInChecks, again: boolean): Promise<URL> {
    return buildAuthorizationUrl(await this.clientOf(channel), {
      redirect_uri: redirectUriOf(channel),
      scope: 'openid',
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
      ...(again && { acr_values: SECOND_FACTOR_ACR, max_age: '0' }),
    });
  }

  /**
   * Redeems the code with which the browser came back.
   * @param query what came behind the `?`
   * @throws AppError UNAUTHENTICATED when state, issuer, nonce, code or ID token are not as they must be, UPSTREAM_* when
   *   the provider cannot be asked; SignInDeclined
   */
  async redeem(channel: Channel, query: URLSearchParams, checks: SignInChecks): Promise<SignedIn> {
    const client = await this.clientOf(channel);
    try {
      const answer = await authorizationCodeGrant(client, new URL(`${redirectUriOf(channel)}?${query}`), {
        expectedState: checks.state,
        expectedNonce: checks.nonce,
        pkceCodeVerifier: checks.verifier,
        idTokenExpected: true,
      });
      const claims = await this.claimsOf(channel, answer);
      if (claims?.sub === undefined || claims.sub === '')
        throw new AppError('UNAUTHENTICATED', 'the ID token names nobody');
      const { sub: subject, sid, acr, auth_time: authTime } = claims;
      return {
        ...tokensOf(answer),
        subject,
        agent: agentOf(claims),
        ...(typeof sid === 'string' && { sid }),
        ...(typeof acr === 'string' && { acr }),
        ...(typeof authTime === 'number' && { authTime: authTime * 1_000 }),
      };
    } catch (error) {
      throw translateProviderError(error);
    }
  }

  /**
   * Renews a person's tokens; the refresh token sent is worth nothing afterwards.
   * @throws AppError UNAUTHENTICATED when it is refused, used before, or answered for someone else; UPSTREAM_* when
   *   nobody can say
   */
  async renew(channel: Channel, refreshToken: string, subject: string): Promise<Renewed> {
    const client = await this.clientOf(channel);
    try {
      const answer = await refreshTokenGrant(client, refreshToken);
      const claims = await this.claimsOf(channel, answer);
      if (claims === undefined) return tokensOf(answer);
      const agent = agentOf(claims);
      if (claims.sub !== subject || (agent === null) !== (channel.audience === 'customer')) {
        throw new AppError('UNAUTHENTICATED', 'the renewed tokens are for someone else');
      }
      return { ...tokensOf(answer), agent };
    } catch (error) {
      throw translateProviderError(error);
    }
  }

  /** Where the browser goes to sign out at the provider, too; null when the provider has no such page. */
  async endSessionUrl(channel: Channel): Promise<string | null> {
    const client = await this.clientOf(channel);
    if (client.serverMetadata().end_session_endpoint === undefined) return null;
    return buildEndSessionUrl(client, {
      client_id: channel.clientId,
      post_logout_redirect_uri: `${channel.origin}/`,
    }).href;
  }

  /** openid-client has checked the claims; the signature is checked here, with the keys that access tokens go by. */
  private async claimsOf({ clientId }: Channel, { id_token: idToken }: TokenAnswer): Promise<JWTPayload | undefined> {
    if (idToken === undefined) return undefined;
    const { payload } = await jwtVerify(idToken, this.keys.find, {
      algorithms: SIGNATURES,
      issuer: this.settings.issuer,
      audience: clientId,
      currentDate: new Date(this.clock.now()),
      clockTolerance: 5,
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    return payload;
  }

  private async clientOf({ clientId, clientSecret }: Channel): Promise<Configuration> {
    const server = await this.server();
    const client = new Configuration(
      server,
      clientId,
      { [clockSkew]: this.skewSeconds() },
      ClientSecretBasic(clientSecret.reveal()),
    );
    client[customFetch] = this.transport.fetch;
    if (this.settings.issuer.startsWith('http:')) allowInsecureRequests(client);
    return client;
  }

  /** The library asks the wall clock itself; this turns its time into that of our clock. */
  private skewSeconds(): number {
    return Math.round((this.clock.now() - Date.now()) / 1_000);
  }

  /** What is known stays in use while the provider is away. */
  private async server(): Promise<ServerMetadata> {
    const { metadata } = this;
    if (metadata === undefined) return this.discover();
    if (this.clock.monotonic() - metadata.loadedAt > METADATA_FRESH_MS) this.discover().catch(() => undefined);
    return metadata.server;
  }

  private discover(): Promise<ServerMetadata> {
    this.loading ??= this.load().finally(() => (this.loading = undefined));
    return this.loading;
  }

  private async load(): Promise<ServerMetadata> {
    const { issuer } = this.settings;
    try {
      const found = await discovery(new URL(issuer), 'discovery', undefined, undefined, {
        [customFetch]: this.transport.fetch,
        execute: issuer.startsWith('http:') ? [allowInsecureRequests] : [],
      });
      const server = found.serverMetadata();
      if (server.issuer !== issuer) throw new AppError('UPSTREAM_MALFORMED', 'the provider names another issuer');
      if (server.token_endpoint !== undefined) this.transport.allow(server.token_endpoint, issuer);
      this.metadata = { server, loadedAt: this.clock.monotonic() };
      return server;
    } catch (error) {
      const failure = translateProviderError(error);
      // A provider that does not describe itself properly refuses nobody: it is just of no use.
      if (failure instanceof AppError && failure.code !== 'UNAUTHENTICATED') throw failure;
      throw new AppError('UPSTREAM_UNAVAILABLE', 'the identity provider cannot be asked', {}, failure);
    }
  }
}

function tokensOf({ refresh_token: refreshToken, expires_in: seconds }: TokenAnswer): Renewed {
  const life = typeof seconds === 'number' && seconds > 0 ? seconds : DEFAULT_LIFE_SECONDS;
  return { ...(refreshToken !== undefined && { refreshToken }), refreshInMs: life * RENEW_AT * 1_000 };
}
