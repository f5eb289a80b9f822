import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestErrors } from '#lib/graph';
import { parseAcceptLanguage, type AppError } from '#lib/kernel';
import { ProblemFilter, toAppError } from '#lib/partner';

/**
 * Failures before any route of ours runs: a body that is too large or no JSON, an unknown path. On `/graphql` they
 * have the shape of GraphQL errors, everywhere else that of a problem.
 */
@Catch()
export class EdgeFilter implements ExceptionFilter {
  private readonly problems = new ProblemFilter();

  catch(exception: unknown, host: ArgumentsHost): void {
    // Resolvers' errors have their own translator, in the graph.
    if (host.getType<string>() === 'graphql') throw exception;
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!request.url.startsWith('/graphql')) return this.problems.catch(exception, host);
    const error = toAppError(exception);
    void http
      .getResponse<FastifyReply>()
      .code(statusOf(error))
      .send(requestErrors(error, parseAcceptLanguage(request.headers['accept-language'])));
  }
}

function statusOf({ code }: AppError): number {
  if (code === 'INTERNAL') return 500;
  return code.startsWith('UPSTREAM_') ? 503 : 400;
}
