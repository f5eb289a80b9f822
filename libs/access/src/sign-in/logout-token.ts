import { Inject, Injectable } from '@nestjs/common';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { AppError, CLOCK, type Clock } from '#lib/kernel';
import { AccessSettings } from '../access.settings.js';
import { Channels } from '../channels/channels.js';
import { IssuerKeys } from '../issuer-keys.js';
import type { LogoutOrder } from '../sessions/sessions.js';
import { SIGNATURES } from './identity-provider.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Older ones are refused, and so need not be remembered longer. */
const LONGEST_AGE_MS = 5 * 60_000;
const CLOCK_TOLERANCE_SECONDS = 5;
const LONGEST_TOKEN = 8_000;
/** Providers may leave the type out; an access token is never taken for one. */
const TYPES = new Set<unknown>([undefined, 'logout+jwt', 'JWT']);

/** Reads the tokens by which the identity provider ends sessions (OpenID Connect Back-Channel Logout 1.0 §2.6). */
@Injectable()
export class LogoutTokens {
  constructor(
    private readonly settings: AccessSettings,
    private readonly keys: IssuerKeys,
    private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError INVALID_INPUT for anything that is no valid logout token for us, UPSTREAM_* when nobody can say */
  async read(token: unknown): Promise<LogoutOrder> {
    if (typeof token !== 'string' || token.length > LONGEST_TOKEN) throw invalid('logout_token is missing');
    const { iat, jti, sid, sub, events, nonce, aud } = await this.verify(token);
    const event = (events as Record<string, unknown> | undefined)?.[EVENT];
    if (typeof event !== 'object' || event === null) throw invalid('the event is missing');
    if (nonce !== undefined) throw invalid('a nonce is forbidden');
    if (typeof jti !== 'string' || jti === '' || jti.length > 255) throw invalid('jti is missing');
    const names = [sid, sub].filter((name) => typeof name === 'string' && name !== '');
    if (names.length === 0 || iat === undefined) throw invalid('it names no session and nobody');
    const expiresAt = iat * 1_000 + LONGEST_AGE_MS + CLOCK_TOLERANCE_SECONDS * 1_000;
    return {
      jti,
      expiresAt,
      clientIds: [aud ?? []].flat(),
      ...(typeof sid === 'string' && { sid }),
      ...(typeof sub === 'string' && { subject: sub }),
    };
  }

  private async verify(token: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        algorithms: SIGNATURES,
        issuer: this.settings.issuer,
        audience: this.channels.list().map(({ clientId }) => clientId),
        currentDate: new Date(this.clock.now()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: LONGEST_AGE_MS / 1_000,
        requiredClaims: ['iat', 'jti', 'events'],
      });
      if (!TYPES.has(protectedHeader.typ)) throw invalid('it is a token of another type');
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) throw invalid(`it is refused (${error.code})`);
      throw error;
    }
  }
}

function invalid(reason: string): AppError {
  return new AppError('INVALID_INPUT', 'the logout token is refused', { path: 'logout_token', reason });
}
