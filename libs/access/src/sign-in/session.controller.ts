import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError, CLOCK, formatBerlin, instantOf, type AgentRole, type Clock, type PrincipalKind } from '#lib/kernel';
import { Channels } from '../channels/channels.js';
import { scopeOf } from '../rules/access.guard.js';
import { Allow } from '../rules/access-rule.js';
import { BrowserCallers } from '../sessions/browser-callers.js';
import { clearCookie, SESSION_COOKIE } from '../sessions/cookies.js';
import { requireOwnRequest } from '../sessions/own-request.js';
import { Sessions } from '../sessions/sessions.js';
import type { BrowserReply, BrowserRequest } from './browser-reply.js';
import { IdentityProvider } from './identity-provider.js';

/** Who is signed in, as a channel shows it. Times are RFC 3339 with Berlin's offset. */
interface SessionAnswer {
  readonly signedIn: boolean;
  readonly kind: PrincipalKind;
  /** Null under an address that is no channel's. */
  readonly channel: string | null;
  /** When the sign-in ends unless it is used. */
  readonly expiresAt: string | null;
  /** Until when a second factor counts; null when it must be shown first. */
  readonly stepUpUntil: string | null;
  /** Of agents only. */
  readonly subsidiary?: string;
  readonly role?: AgentRole;
}

/** What a channel's script asks about the session. */
@Controller('auth')
@ApiExcludeController()
export class SessionController {
  constructor(
    private readonly channels: Channels,
    private readonly browsers: BrowserCallers,
    private readonly sessions: Sessions,
    private readonly provider: IdentityProvider,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Who is signed in; asking does not count as use. Answers those who are not, too. */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Get('session')
  session(@Req() request: BrowserRequest): SessionAnswer {
    const { principal } = scopeOf(request);
    const channel = this.channels.of(request);
    if (channel !== undefined && 'sessionId' in principal) requireOwnRequest(request, channel);
    const answer = { kind: principal.kind, channel: channel?.name ?? null };
    if (principal.kind !== 'customer' && principal.kind !== 'agent') {
      return { ...answer, signedIn: false, expiresAt: null, stepUpUntil: null };
    }
    const { expiresAt, stepUpUntil = null } = principal;
    const isStrong = stepUpUntil !== null && this.clock.now() < stepUpUntil;
    return {
      ...answer,
      signedIn: true,
      expiresAt: time(expiresAt),
      stepUpUntil: isStrong ? time(stepUpUntil) : null,
      ...(principal.kind === 'agent' && { subsidiary: principal.subsidiary, role: principal.role }),
    };
  }

  /**
   * Signs out here: answers when no instance knows the session any more. `endSessionUrl` is where the browser goes to
   * sign out at the identity provider, too; null when that cannot be told right now.
   */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Post('logout')
  @HttpCode(200)
  async logout(@Req() request: BrowserRequest, @Res() reply: BrowserReply): Promise<void> {
    const browser = await this.browsers.find(request);
    if (browser === undefined) {
      const reason = 'nobody signs in under this address';
      throw new AppError('FORBIDDEN', reason, { reason });
    }
    const { channel, session } = browser;
    requireOwnRequest(request, channel);
    if (session !== undefined) await this.sessions.end(session);
    const endSessionUrl = await this.provider.endSessionUrl(channel).catch(() => null);
    reply.header('set-cookie', clearCookie(SESSION_COOKIE)).send({ endSessionUrl });
  }
}

function time(at: number): string {
  return formatBerlin(instantOf(at));
}
