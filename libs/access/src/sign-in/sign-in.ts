import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import { AccessSettings } from '../access.settings.js';
import type { Channel } from '../channels/channel.js';
import { DevelopmentChannels } from '../channels/development-channels.js';
import { SECOND_FACTOR_ACR } from '../claims.js';
import { SessionSecrets } from '../secrets/session-secrets.js';
import { takeOnce } from '../sessions/once.js';
import { SessionRows } from '../sessions/session-rows.js';
import type { Session } from '../sessions/session.js';
import { Sessions } from '../sessions/sessions.js';
import { IdentityProvider } from './identity-provider.js';
import { LOGIN_MS, openTransaction, sealTransaction, type LoginTransaction } from './login-transaction.js';
import { SignInDeclined } from './provider-errors.js';
import type { SignedIn } from './signed-in.js';

/** The provider's clock may be that much behind ours. */
const CLOCK_TOLERANCE_MS = 5_000;

/** What a sign-in begins with. */
export interface SignInOrder {
  readonly returnTo: string;
  /** The session that the browser has. */
  readonly session: Session | undefined;
  /** Whether that session asks for a second factor. */
  readonly stepUp: boolean;
}

/** Where the browser goes, and the cookie it takes along. */
export interface SignInBegun {
  readonly location: string;
  readonly transaction: string;
}

/** Where the browser goes back to; the token of its session, or null when the person declined. */
export interface SignInFinished {
  readonly returnTo: string;
  readonly token: string | null;
}

/** Leads a browser through the sign-in at the identity provider and back into a session. */
@Injectable()
export class SignIn {
  private readonly registered = new Set<string>();

  constructor(
    private readonly settings: AccessSettings,
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly rows: SessionRows,
    private readonly secrets: SessionSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(DevelopmentChannels) private readonly development?: DevelopmentChannels,
  ) {}

  /** @throws AppError UNAUTHENTICATED for a second factor without a session, UPSTREAM_* when the provider is away */
  async begin(channel: Channel, { returnTo, session, stepUp }: SignInOrder): Promise<SignInBegun> {
    if (stepUp && session === undefined) throw refused('there is no session to strengthen');
    await this.register(channel);
    const transaction: LoginTransaction = {
      id: randomUUID(),
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      issuer: this.settings.issuer,
      returnTo,
      startedAt: this.clock.now(),
      stepUpOf: stepUp ? (session?.id ?? null) : null,
      replaces: stepUp ? null : (session?.id ?? null),
    };
    const location = await this.provider.authorizationUrl(channel, transaction, stepUp);
    const box = await this.secrets.box('login');
    return { location: location.href, transaction: sealTransaction(box, transaction, channel.name) };
  }

  /**
   * The browser has come back.
   * @param sealed what it took along
   * @throws AppError UNAUTHENTICATED when anything does not fit or was used before, FORBIDDEN for someone whom the
   *   channel is not for, UPSTREAM_* when nobody can say
   */
  async finish(channel: Channel, query: URLSearchParams, sealed: string | undefined): Promise<SignInFinished> {
    const transaction = await this.open(channel, query, sealed);
    const { returnTo, stepUpOf, replaces } = transaction;
    await this.takeOnce(transaction);
    const person = await this.redeem(channel, query, transaction);
    if (person === null) return { returnTo, token: null };
    if ((person.agent === null) !== (channel.audience === 'customer')) {
      const reason = `this channel is for a ${channel.audience}`;
      throw new AppError('FORBIDDEN', reason, { reason });
    }
    if (stepUpOf === null) return { returnTo, token: await this.sessions.open(channel, person, replaces) };
    this.requireSecondFactor(person, transaction);
    return { returnTo, token: await this.sessions.stepUp(stepUpOf, channel, person) };
  }

  private async open(channel: Channel, query: URLSearchParams, sealed: string | undefined): Promise<LoginTransaction> {
    const box = await this.secrets.box('login');
    const now = this.clock.now();
    const transaction = sealed === undefined ? undefined : openTransaction(box, sealed, channel.name, now);
    if (transaction === undefined) throw refused('no sign-in is under way in this browser, or it took too long');
    if (query.getAll('state').join(' ') !== transaction.state) throw refused('the answer is for another sign-in');
    const issuers = query.getAll('iss');
    if (transaction.issuer !== this.settings.issuer || issuers.some((issuer) => issuer !== transaction.issuer)) {
      throw refused('the answer is from another issuer');
    }
    return transaction;
  }

  private async takeOnce({ id, startedAt }: LoginTransaction): Promise<void> {
    const times = { now: this.clock.now(), expiresAt: startedAt + LOGIN_MS };
    const isFirst = await this.rows.change((transaction) => takeOnce(transaction, 'login', id, times));
    if (!isFirst) throw refused('this sign-in was finished before');
  }

  private async redeem(channel: Channel, query: URLSearchParams, checks: LoginTransaction): Promise<SignedIn | null> {
    try {
      return await this.provider.redeem(channel, query, checks);
    } catch (error) {
      if (error instanceof SignInDeclined) return null;
      throw error;
    }
  }

  /** Nothing but the provider's word that it was shown, and shown for this very request. */
  private requireSecondFactor({ acr, authTime }: SignedIn, { startedAt }: LoginTransaction): void {
    if (acr !== SECOND_FACTOR_ACR) throw refused('the second factor was not shown');
    if (authTime === undefined || authTime < Math.floor(startedAt / 1_000) * 1_000 - CLOCK_TOLERANCE_MS) {
      throw refused('the second factor was shown too long ago');
    }
  }

  private async register(channel: Channel): Promise<void> {
    if (this.development === undefined || this.registered.has(channel.origin)) return;
    await this.development.register(channel);
    this.registered.add(channel.origin);
  }
}

function refused(reason: string): AppError {
  return new AppError('UNAUTHENTICATED', reason, { reason });
}
