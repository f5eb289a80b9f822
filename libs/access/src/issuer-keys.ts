import { Inject, Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import { Upstream, type Connection } from '#lib/upstream';
import { AccessSettings } from './access.settings.js';

/** Name of the issuer in error texts and sources. */
const SYSTEM = 'identity-provider';
/** Between two fetches, whether they succeed or not: a storm of unknown key ids causes one in this time. */
const COOLDOWN_MS = 10_000;
/** Keys of this age are fetched again behind the back of the request that needs them … */
const AGING_MS = 15_000;
/** … and keys of this age before it, so that a key that was taken back counts no longer than this. */
const OLD_MS = 30_000;
const FETCH_DEADLINE_MS = 2_000;
/** Without any keys nothing works: then it is tried sooner. */
const FIRST_COOLDOWN_MS = 1_000;
const LARGEST_KEY_SET_BYTES = 100_000;

type Found = Awaited<ReturnType<JWTVerifyGetKey>>;

interface KeySet {
  readonly find: JWTVerifyGetKey;
  /** The answer as text, to see whether anything changed. */
  readonly text: string;
  readonly fetchedAt: number;
}

/**
 * The public keys of the token issuer, fetched through our own transport and kept. While the issuer is away the known
 * ones go on. Times are those of the monotonic clock.
 */
@Injectable()
export class IssuerKeys {
  /** Finds the key for a token's header; for `jwtVerify`. Nothing in the header is ever fetched. */
  readonly find: JWTVerifyGetKey = (header, token) => this.lookUp(header, token);

  private readonly connection: Connection;
  private readonly path: string;
  private keySet: KeySet | undefined;
  private fetching: Promise<void> | undefined;
  private lastTry = -Infinity;
  private lastTryFailed = false;
  private changes = 0;

  constructor(
    settings: AccessSettings,
    upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const url = new URL(settings.issuer.replace(/\/$/, '') + settings.jwksPath);
    this.path = url.pathname;
    this.connection = upstream.connect({ name: SYSTEM, baseUrl: url.origin, maxBodyBytes: LARGEST_KEY_SET_BYTES });
  }

  /** Rises whenever the keys have changed: what was verified before must be verified again. */
  get generation(): number {
    return this.changes;
  }

  /**
   * Sees to it that the keys are of use and not too old.
   * @returns undefined where there is nothing to wait for, so that a request loses no tick. Rejects with AppError
   *   UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT when there are no keys at all
   */
  freshen(): Promise<void> | undefined {
    const { keySet } = this;
    if (keySet === undefined) return this.fetchFirst();
    const age = this.clock.monotonic() - keySet.fetchedAt;
    if (age < AGING_MS || !this.mayFetch(COOLDOWN_MS)) return undefined;
    // An issuer that is away is asked again, but nobody waits for it.
    const isAwaited = age >= OLD_MS && !this.lastTryFailed;
    const fetched = this.fetch().catch(() => undefined);
    return isAwaited ? fetched : undefined;
  }

  private async lookUp(...[header, token]: Parameters<JWTVerifyGetKey>): Promise<Found> {
    await this.freshen();
    try {
      return await this.known(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.mayFetch(COOLDOWN_MS)) throw error;
      await this.fetch().catch(() => {
        // The issuer cannot be asked: a token with an unknown key is refused, as it would be in the cooldown.
        throw error;
      });
      return this.known(header, token);
    }
  }

  private async known(...[header, token]: Parameters<JWTVerifyGetKey>): Promise<Found> {
    if (this.keySet === undefined) throw unavailable();
    return this.keySet.find(header, token);
  }

  private async fetchFirst(): Promise<void> {
    if (!this.mayFetch(FIRST_COOLDOWN_MS)) throw unavailable();
    await this.fetch();
  }

  /** Those who need a fetch at the same time share it. */
  private mayFetch(cooldownMs: number): boolean {
    return this.fetching !== undefined || this.clock.monotonic() - this.lastTry >= cooldownMs;
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.load().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async load(): Promise<void> {
    const begun = this.clock.monotonic();
    this.lastTry = begun;
    this.lastTryFailed = true;
    const text = await this.ask();
    if (text !== this.keySet?.text) this.changes += 1;
    this.keySet = { find: this.keySet?.text === text ? this.keySet.find : read(text), text, fetchedAt: begun };
    this.lastTryFailed = false;
  }

  private async ask(): Promise<string> {
    const controller = new AbortController();
    const cancel = this.clock.after(FETCH_DEADLINE_MS, () =>
      controller.abort(new AppError('UPSTREAM_TIMEOUT', 'the keys did not arrive in time', { system: SYSTEM })),
    );
    try {
      const answer = await this.connection.send({ method: 'GET', path: this.path }, { signal: controller.signal });
      if (answer.status !== 200) throw unavailable();
      return answer.body.toString('utf8');
    } finally {
      cancel();
    }
  }
}

function read(text: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
  } catch {
    throw unavailable();
  }
}

function unavailable(): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', 'the keys of the identity provider cannot be had', {
    system: SYSTEM,
    retryAfterSeconds: 5,
  });
}
