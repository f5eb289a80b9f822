import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppError } from '#lib/kernel';
import { BrowserCallers, type BrowserSession } from '../sessions/browser-callers.js';
import { clearCookie, cookieOf, LOGIN_COOKIE, SESSION_COOKIE, setCookie } from '../sessions/cookies.js';
import { Allow } from '../rules/access-rule.js';
import { queryOf, type BrowserReply, type BrowserRequest } from './browser-reply.js';
import { LOGIN_MS } from './login-transaction.js';
import { readReturnTo } from './return-to.js';
import { SignIn } from './sign-in.js';
import { SignInPageFilter } from './sign-in-page.filter.js';

/** Where a browser's window goes: to the sign-in and back. */
@Controller('auth')
@ApiExcludeController()
@UseFilters(SignInPageFilter)
export class SignInController {
  constructor(
    private readonly browsers: BrowserCallers,
    private readonly signIn: SignIn,
  ) {}

  /** Begins a sign-in. `returnTo`: path of the channel to come back to. */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Get('login')
  login(@Req() request: BrowserRequest, @Res() reply: BrowserReply): Promise<void> {
    return this.begin(request, reply, false);
  }

  /** Begins the request for a second factor within a session; it counts for five minutes. */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Get('step-up')
  stepUp(@Req() request: BrowserRequest, @Res() reply: BrowserReply): Promise<void> {
    return this.begin(request, reply, true);
  }

  /** The browser comes back from the identity provider. */
  @Allow({ callers: 'anyone', edge: 'browser' })
  @Get('callback')
  async callback(@Req() request: BrowserRequest, @Res() reply: BrowserReply): Promise<void> {
    const { channel } = await this.browserOf(request);
    const sealed = cookieOf(request, LOGIN_COOKIE);
    const { returnTo, token } = await this.signIn.finish(channel, queryOf(request), sealed);
    const session = token === null ? [] : [setCookie(SESSION_COOKIE, token)];
    redirect(reply, channel.origin + returnTo, [clearCookie(LOGIN_COOKIE), ...session]);
  }

  private async begin(request: BrowserRequest, reply: BrowserReply, stepUp: boolean): Promise<void> {
    const { channel, session } = await this.browserOf(request);
    const values = queryOf(request).getAll('returnTo');
    const returnTo = readReturnTo(values.length > 1 ? values : values[0]);
    const { location, transaction } = await this.signIn.begin(channel, { returnTo, session, stepUp });
    redirect(reply, location, [setCookie(LOGIN_COOKIE, transaction, LOGIN_MS / 1_000)]);
  }

  /** @throws AppError FORBIDDEN on a host that is no channel's */
  private async browserOf(request: BrowserRequest): Promise<BrowserSession> {
    const browser = await this.browsers.find(request);
    if (browser !== undefined) return browser;
    const reason = 'nobody signs in under this address';
    throw new AppError('FORBIDDEN', reason, { reason });
  }
}

function redirect(reply: BrowserReply, location: string, cookies: string[]): void {
  reply.code(303).header('location', location).header('set-cookie', cookies).send();
}
