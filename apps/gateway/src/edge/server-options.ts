import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, parseAcceptLanguage } from '#lib/kernel';
import { problemOf, PROBLEM_MEDIA_TYPE } from '#lib/partner';
import { putAnswerHeaders, STRICT_TRANSPORT } from './headers.hook.js';

/** Larger bodies are refused unread. */
const LARGEST_BODY_BYTES = 100_000;
/**
 * A client that has not sent its headers, or its whole request, by then is cut off at the next look: within 10 s. Left
 * alone, Node waits 60 s for headers and looks every 30 s.
 */
const REQUEST_TIMEOUT_MS = 9_500;
const LOOK_EVERY_MS = 500;

/** How the server takes requests, before any route is found. */
export function serverOptions(trustedProxies: readonly string[]): ServerOptions {
  return {
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: LOOK_EVERY_MS },
    forceCloseConnections: true,
    frameworkErrors: refuseAddress,
  };
}

interface ServerOptions {
  readonly trustProxy: string[] | false;
  readonly bodyLimit: number;
  readonly requestTimeout: number;
  readonly http: { readonly headersTimeout: number; readonly connectionsCheckingInterval: number };
  readonly forceCloseConnections: true;
  readonly frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;
}

/** Answers what has no route because its address cannot be read, and quotes nothing of it; no hook runs here. */
function refuseAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const reason = error.code === 'FST_ERR_MAX_PARAM_LENGTH' ? 'a part of it is too long' : 'it is not valid';
  const refused = new AppError('INVALID_INPUT', `the address: ${reason}`, { path: 'url', reason });
  const problem = problemOf(refused, parseAcceptLanguage(request.headers['accept-language']));
  reply.code(problem.status).header('content-type', PROBLEM_MEDIA_TYPE);
  putAnswerHeaders(request, reply);
  // What a proxy says of TLS is not known here; without TLS browsers do not heed it.
  reply.header('strict-transport-security', STRICT_TRANSPORT);
  void reply.send(problem);
}
