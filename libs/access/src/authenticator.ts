import { hash as digest } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { ANONYMOUS, AppError, CLOCK, type Clock, type Principal } from '#lib/kernel';
import { AccessSettings } from './access.settings.js';
import { agentOf, SECOND_FACTOR_ACR } from './claims.js';
import { IssuerKeys } from './issuer-keys.js';
import { Mandates } from './mandates/mandates.js';
import { STEP_UP_MS, type AgentFacts } from './sessions/session.js';

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Headers of this size are already absurd; longer ones are refused unread. */
const LONGEST_HEADER = 8_000;
const NO_BEARER = 'the header is not a bearer token';
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;
/** Difference allowed between our clock and the issuer's. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Verified tokens that are remembered, and for how long at most. */
const REMEMBERED = 10_000;
const REMEMBERED_MS = 5 * 60_000;

/** What a valid token says. Times are clock times in milliseconds. */
interface Verified {
  /** The caller, unless they are an agent: the same for every request with this token. */
  readonly person: Extract<Principal, { kind: 'customer' }>;
  readonly agent: AgentFacts | null;
}

interface Remembered {
  readonly verified: Verified;
  readonly until: number;
}

/** Turns the credentials of a request into the principal who calls. */
@Injectable()
export class Authenticator {
  /** By the header's hash: what is in memory is of no use to whoever reads it. */
  private readonly remembered = new LRUCache<string, Remembered>({ max: REMEMBERED });
  private generation = 0;

  constructor(
    private readonly keys: IssuerKeys,
    private readonly settings: AccessSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(Mandates) private readonly mandates?: Mandates,
  ) {}

  /**
   * @param authorization the `Authorization` header; without one the caller is anonymous
   * @throws AppError UNAUTHENTICATED when there is a header that is no valid token of the issuer (RFC 6750, RFC 9068),
   *   UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT when the issuer's keys cannot be had
   */
  async principalOf(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined) return ANONYMOUS;
    if (authorization.length > LONGEST_HEADER) throw unauthenticated(NO_BEARER);
    const { person, agent } = await this.verifyOnce(authorization);
    if (agent === null) return person;
    const mandate = (await this.mandates?.find(person.subject)) ?? null;
    return { ...person, kind: 'agent', ...agent, mandate };
  }

  /** Verifying costs a hundred times what a hash does; a token counts as verified while its key does. */
  private async verifyOnce(authorization: string): Promise<Verified> {
    const hash = digest('sha256', authorization, 'base64url');
    const known = this.remembered.get(hash);
    if (known !== undefined) {
      const fresh = this.keys.freshen();
      if (fresh !== undefined) await fresh;
      this.forgetIfKeysChanged();
      if (this.clock.now() < known.until && this.remembered.has(hash)) return known.verified;
    }
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated(NO_BEARER);
    const { generation } = this.keys;
    const verified = read(await this.verify(token));
    this.forgetIfKeysChanged();
    // Keys that changed meanwhile may not be those it was verified with.
    if (generation === this.generation) {
      const until = Math.min(verified.person.expiresAt, this.clock.now() + REMEMBERED_MS);
      this.remembered.set(hash, { verified, until });
    }
    return verified;
  }

  private forgetIfKeysChanged(): void {
    if (this.generation === this.keys.generation) return;
    this.generation = this.keys.generation;
    this.remembered.clear();
  }

  private async verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        algorithms: ALGORITHMS,
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        typ: 'at+jwt',
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(this.clock.now()),
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      throw translate(error);
    }
  }
}

function read(claims: JWTPayload): Verified {
  const { sub, exp, acr, auth_time: authTime } = claims;
  if (typeof sub !== 'string' || sub === '' || exp === undefined) throw unauthenticated('the token names nobody');
  const isStrong = acr === SECOND_FACTOR_ACR && typeof authTime === 'number';
  return {
    person: Object.freeze({
      kind: 'customer',
      subject: sub,
      expiresAt: exp * 1_000,
      stepUpUntil: isStrong ? authTime * 1_000 + STEP_UP_MS : null,
    }),
    agent: agentOf(claims),
  };
}

/** jose's codes name what is wrong without quoting the token. */
function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') {
    return new AppError('UPSTREAM_UNAVAILABLE', 'the keys of the identity provider cannot be had', {
      system: 'identity-provider',
      retryAfterSeconds: 5,
    });
  }
  return unauthenticated(`the token is refused (${error.code})`);
}

function unauthenticated(reason: string): AppError {
  return new AppError('UNAUTHENTICATED', reason, { reason });
}
