import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { AUDIENCE } from '../provider-settings.js';
import { Browser } from './browser.js';

/** The token endpoint's answer. */
interface TokenAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, string>>;
}

export interface SignInWishes {
  readonly browser?: Browser;
  /** Further parameters of the authorization request. */
  readonly ask?: Record<string, string>;
}

/** A plain confidential client with code and PKCE. */
export class Channel {
  private readonly verifier = randomBytes(32).toString('base64url');

  constructor(
    readonly issuer: string,
    readonly clientId = 'saaltor-portal',
    readonly origin = 'http://127.0.0.1:4000',
  ) {}

  authorizationUrl(ask: Record<string, string> = {}): URL {
    const url = new URL(`${this.issuer}/auth`);
    url.search = new URLSearchParams({
      client_id: this.clientId,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${this.origin}/auth/callback`,
      state: 'some-state',
      nonce: 'some-nonce',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...ask,
    }).toString();
    return url;
  }

  /** Signs a person in by the pages; with the code where it is asked for. */
  async signIn(key: string, { browser = new Browser(this.issuer), ask }: SignInWishes = {}): Promise<TokenAnswer> {
    let callback = await browser.open(this.authorizationUrl(ask));
    callback ??= await browser.submit({ login: key, password: `saaltor-${key}` });
    callback ??= await browser.submit({ code: '123456' });
    if (callback === undefined) throw new Error(`the sign-in ended on a page: ${browser.html}`);
    return await this.redeem(callback);
  }

  async redeem(callback: URL): Promise<TokenAnswer> {
    return await this.token({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: `${this.origin}/auth/callback`,
      code_verifier: this.verifier,
    });
  }

  async refresh(refreshToken = ''): Promise<TokenAnswer> {
    return await this.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  async token(parameters: Record<string, string>): Promise<TokenAnswer> {
    const credentials = Buffer.from(`${this.clientId}:${this.clientId}-sandbox-secret`).toString('base64');
    return await askForToken(this.issuer, parameters, { authorization: `Basic ${credentials}` });
  }

  /** What an ID token says. @throws when it is not right */
  async idClaims({ json }: TokenAnswer): Promise<JWTPayload> {
    const { payload } = await jwtVerify(json['id_token'] ?? '', keysOf(this.issuer), {
      issuer: this.issuer,
      audience: this.clientId,
    });
    return payload;
  }
}

export async function askForToken(
  issuer: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const body = new URLSearchParams(parameters);
  const response = await fetch(`${issuer}/token`, { method: 'POST', headers, body });
  return { status: response.status, json: (await response.json()) as TokenAnswer['json'] };
}

/** What an access token says, read as RFC 9068 wants it. @throws when it is not right */
export async function accessClaims(issuer: string, token = ''): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keysOf(issuer), {
    issuer,
    audience: AUDIENCE,
    typ: 'at+jwt',
    algorithms: ['RS256'],
    requiredClaims: ['sub', 'exp'],
  });
  return payload;
}

function keysOf(issuer: string) {
  return createRemoteJWKSet(new URL(`${issuer}/jwks`));
}
