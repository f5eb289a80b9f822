import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { policyOf } from './content-policy.js';

/** Browsers that have once come by TLS do not come without it for a year. */
export const STRICT_TRANSPORT = 'max-age=31536000';

/**
 * Headers of every answer: nothing is stored on the way unless a route says so, nothing is guessed, framed or run. No
 * other origin is let in (there is no CORS anywhere): channels reach the gateway under their own.
 */
export function addAnswerHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, _payload, goOn) => {
    putAnswerHeaders(request, reply);
    goOn();
  });
}

/** Puts in the headers that the route has not set. */
export function putAnswerHeaders(request: FastifyRequest, reply: FastifyReply): void {
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer');
  if (!reply.hasHeader('content-security-policy')) {
    reply.header('content-security-policy', policyOf(request.url, String(reply.getHeader('content-type') ?? '')));
  }
  if (request.protocol === 'https') reply.header('strict-transport-security', STRICT_TRANSPORT);
  reply.header('cross-origin-opener-policy', 'same-origin');
  reply.header('cross-origin-resource-policy', 'same-origin');
  reply.header('x-content-type-options', 'nosniff');
  reply.header('x-frame-options', 'DENY');
  reply.header('referrer-policy', 'no-referrer');
}
