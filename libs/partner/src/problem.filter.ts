import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { findScope, quotaHeaders } from '#lib/access';
import { AppError, incidentOf, parseAcceptLanguage } from '#lib/kernel';
import { problemOf, PROBLEM_MEDIA_TYPE } from './problem.js';
import { toAppError } from './to-app-error.js';

interface Request {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface Reply {
  code(status: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): Reply;
}

/** Answers every failure of a partner route as problem+json in the caller's language. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('partner');

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const language = parseAcceptLanguage([http.getRequest<Request>().headers['accept-language']].flat()[0]);
    const problem = problemOf(this.reported(toAppError(exception)), language);
    const reply = http.getResponse<Reply>().code(problem.status).header('content-type', PROBLEM_MEDIA_TYPE);
    if (typeof problem['retryAfterSeconds'] === 'number')
      reply.header('retry-after', String(problem['retryAfterSeconds']));
    const quota = quotaHeaders(exception) ?? quotaHeaders(findScope(http.getRequest<object>())?.principal);
    for (const [name, value] of Object.entries(quota ?? {})) reply.header(name, value);
    reply.send(problem);
  }

  /** Our own fault: the log tells the place, and the answer the number by which it is found there. */
  private reported(error: AppError): AppError {
    if (error.code !== 'INTERNAL') return error;
    const { number, line } = incidentOf(error);
    this.logger.error(line);
    return new AppError('INTERNAL', error.message, { ...error.details, incident: number });
  }
}
