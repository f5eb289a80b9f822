import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { AppError, parseAcceptLanguage, type ErrorCode } from '#lib/kernel';
import type { BrowserReply, BrowserRequest } from './browser-reply.js';
import { PAGE_POLICY, signInPage } from './sign-in-page.js';

/** What a page can be refused with; anything else is an outage. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  INTERNAL: 500,
};

/** Failures where a person looks at the browser's window: a page in their language in place of a problem for programs. */
@Catch()
export class SignInPageFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { headers } = http.getRequest<BrowserRequest>();
    const code = exception instanceof AppError ? exception.code : 'INTERNAL';
    http
      .getResponse<BrowserReply>()
      .code(STATUS[code] ?? 503)
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', PAGE_POLICY)
      .send(signInPage(code, parseAcceptLanguage([headers['accept-language']].flat()[0])));
  }
}
