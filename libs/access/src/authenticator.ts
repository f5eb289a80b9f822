import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { ANONYMOUS, AppError, CLOCK, type Clock, type Principal } from '#lib/kernel';
import { AccessSettings } from './access.settings.js';
import { IssuerKeys } from './issuer-keys.js';

const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Tokens of this size are already absurd; longer ones are refused unread. */
const LONGEST_TOKEN = 8_000;
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;
/** Difference allowed between our clock and the issuer's. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** Turns the credentials of a request into the principal who calls. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly settings: AccessSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param authorization the `Authorization` header; without one the caller is anonymous
   * @throws AppError UNAUTHENTICATED when there is a header that is no valid token of the issuer (RFC 6750, RFC 9068),
   *   UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT when the issuer's keys cannot be had
   */
  async principalOf(authorization: string | undefined): Promise<Principal> {
    if (authorization === undefined) return ANONYMOUS;
    const token = authorization.length <= LONGEST_TOKEN ? BEARER.exec(authorization)?.[1] : undefined;
    if (token === undefined) throw unauthenticated('the header is not a bearer token');
    const { sub, exp } = await this.verify(token);
    if (typeof sub !== 'string' || sub === '' || exp === undefined) throw unauthenticated('the token names nobody');
    return { kind: 'customer', subject: sub, expiresAt: exp * 1000 };
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

/** jose's codes name what is wrong without quoting the token. */
function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (
    error instanceof errors.JWKSTimeout ||
    !(error instanceof errors.JOSEError) ||
    error.code === 'ERR_JOSE_GENERIC'
  ) {
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
