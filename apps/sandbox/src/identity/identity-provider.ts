import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { sendJson, urlOf } from '../systems/http.js';
import type { World } from '../world/world.js';
import { CLI_CLIENT, type ChannelClients } from './channel-clients.js';
import { KeyRing, makeRsaKey, publicJwk, type SigningKey } from './key-ring.js';
import { LIFETIMES, type Lifetimes } from './lifetimes.js';
import { makeProvider } from './make-provider.js';
import { Outage } from './outage.js';
import { frontPage, sendPage } from './pages.js';
import { claimsOf, peopleOf, type FindPerson } from './people.js';
import { issueToken, type IssuedToken, type SignInClaims } from './persona-grant.js';
import { AUDIENCE } from './provider-settings.js';
import { RequestCounts } from './request-counts.js';
import { SECOND_FACTOR } from './second-factor.js';
import { SignInPages } from './sign-in.js';
import { SignInStore } from './sign-in-store.js';
import { signOutEverywhere, type Notice } from './sign-out.js';
import { wrongToken, type Wrong } from './wrong-tokens.js';

/** Where keys are that no token may be verified by; `RequestCounts` shows whether somebody fetched them. */
const FOREIGN_KEYS = '/foreign-keys';

/** An access token that somebody at the control endpoint wants. */
export interface TokenOrder {
  readonly persona: string;
  /** Whether a second factor was shown. */
  readonly secondFactor?: boolean;
  /** When the person signed in; just now unless given. */
  readonly signedInSecondsAgo?: number;
  /** In seconds. */
  readonly lifetime?: number;
  readonly wrong?: Wrong;
}

/** OpenID Connect for customers and agents: real protocol, invented people. Its clock is the real one. */
export class IdentityProvider {
  readonly outage = new Outage();
  readonly requests = new RequestCounts();
  lifetimes: Lifetimes = LIFETIMES;

  private readonly store = new SignInStore();
  private readonly cookieKeys = [randomBytes(32).toString('base64url')];
  private foreignKey: Promise<SigningKey> | undefined;
  private provider: Provider;
  private speakOidc: (request: IncomingMessage, response: ServerResponse) => Promise<void>;

  private constructor(
    private readonly issuer: string,
    private readonly world: Pick<World, 'now'>,
    private readonly find: FindPerson,
    readonly clients: ChannelClients,
    private readonly keys: KeyRing,
  ) {}

  static async open(
    issuer: string,
    world: Pick<World, 'now' | 'byKey'>,
    clients: ChannelClients,
  ): Promise<IdentityProvider> {
    const opened = new IdentityProvider(issuer, world, peopleOf(world), clients, await KeyRing.make());
    await opened.takeKeys();
    return opened;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = urlOf(request);
    this.requests.note(pathname);
    if (this.outage.strikes(request, response)) return;
    if (pathname === '/') return sendPage(response, 200, frontPage());
    if (pathname === FOREIGN_KEYS) {
      const key = await this.findForeignKey();
      return sendJson(response, 200, { keys: [publicJwk(key)] });
    }
    if (pathname.startsWith('/interaction/')) {
      return await new SignInPages(this.provider, this.find, this.store).handle(request, response);
    }
    await this.speakOidc(request, response);
  }

  /** An access token for someone who can sign in; the password is not asked for, an outage does not matter. */
  async issueToken(order: TokenOrder): Promise<IssuedToken> {
    const { persona, wrong, secondFactor = false, signedInSecondsAgo = 0, lifetime } = order;
    const now = Math.floor(Date.now() / 1_000);
    const claims = { ...(secondFactor && { acr: SECOND_FACTOR }), auth_time: now - signedInSecondsAgo };
    if (wrong === undefined) return await issueToken(this.provider, persona, claims, lifetime);
    const token = await this.spoil(wrong, persona, claims, now);
    return { access_token: token, token_type: 'Bearer', expires_in: this.lifetimes.accessToken };
  }

  /**
   * Signs with new keys from now on; sign-ins stay.
   * @param keepsOld whether the keys before stay published
   * @returns ids of the published keys, the new ones first
   */
  async rotateKeys(keepsOld: boolean): Promise<readonly string[]> {
    await this.keys.rotate(keepsOld);
    await this.takeKeys();
    return this.keys.published();
  }

  /** Ends all sign-ins of a person and tells the channels. */
  async signOut(key: string): Promise<readonly Notice[]> {
    return await signOutEverywhere(this.provider, this.store, key);
  }

  /** Ends the outage and forgets lifetimes and counts. Keys, clients and sign-ins stay. */
  reset(): void {
    this.outage.end();
    this.lifetimes = LIFETIMES;
    this.requests.clear();
  }

  /** The library takes keys at the start only; a new instance costs 20 ms and goes on with what is stored. */
  private async takeKeys(): Promise<void> {
    const { find, clients, store, cookieKeys } = this;
    this.provider = await makeProvider(this.issuer, {
      find,
      clients,
      store,
      lifetimes: () => this.lifetimes,
      keys: this.keys.privateSet(),
      cookieKeys,
    });
    this.speakOidc = this.provider.callback();
  }

  private async spoil(wrong: Wrong, key: string, claims: SignInClaims, now: number): Promise<string> {
    return wrongToken(wrong, {
      issuer: this.issuer,
      audience: AUDIENCE,
      clientId: CLI_CLIENT,
      subject: key,
      claims: { ...claims, ...claimsOf(this.find(key)) },
      key: this.keys.rsa,
      foreignKey: await this.findForeignKey(),
      foreignKeysUrl: this.issuer + FOREIGN_KEYS,
      clocks: [now, Math.floor(this.world.now() / 1_000)],
    });
  }

  private findForeignKey(): Promise<SigningKey> {
    this.foreignKey ??= makeRsaKey();
    return this.foreignKey;
  }
}
