import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError } from '#lib/kernel';
import { Allow } from '../rules/access-rule.js';
import { Sessions } from '../sessions/sessions.js';
import type { BrowserReply } from './browser-reply.js';
import { LogoutTokens } from './logout-token.js';

/** The identity provider's way to end sessions without the browser (OpenID Connect Back-Channel Logout 1.0). */
@Controller('auth')
@ApiExcludeController()
export class BackChannelController {
  constructor(
    private readonly tokens: LogoutTokens,
    private readonly sessions: Sessions,
  ) {}

  /** Answers 200 when no instance knows the sessions any more, and 400 for a token that is refused (§2.8). */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Post('backchannel-logout')
  @HttpCode(200)
  async logout(@Body() body: unknown, @Res() reply: BrowserReply): Promise<void> {
    try {
      const order = await this.tokens.read((body as Record<string, unknown> | null | undefined)?.['logout_token']);
      if (!(await this.sessions.endAtProvider(order))) throw new AppError('INVALID_INPUT', 'used before');
      reply.send();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
      const description = error.details.reason ?? 'the token was used before';
      reply.code(400).send({ error: 'invalid_request', error_description: description });
    }
  }
}
