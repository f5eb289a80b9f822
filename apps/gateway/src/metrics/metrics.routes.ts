import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { METRICS_MEDIA_TYPE } from './prometheus.js';

const LOOPBACK_ADDRESS = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/;
/** What a proxy on this machine adds to requests that come from elsewhere. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Serves `/metrics`: with a token to whoever brings it, without one to programs on this machine. Beside the guard of the
 * house, since those who measure are no callers of it.
 */
export function serveMetrics(fastify: FastifyInstance, measure: () => Promise<string>, token?: string): void {
  fastify.get('/metrics', async (request, reply) => {
    if (token === undefined && !isFromHere(request)) return reply.code(404).send();
    if (token !== undefined && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) {
      return reply.code(401).send();
    }
    try {
      return await reply.type(METRICS_MEDIA_TYPE).send(await measure());
    } catch {
      // The store is out of reach; which it is, its own monitoring says.
      return reply.code(503).type('text/plain').send('');
    }
  });
}

/** A page that a browser on this machine shows comes under a name of its own. */
function isFromHere({ raw, headers }: FastifyRequest): boolean {
  return (
    LOOPBACK_ADDRESS.test(raw.socket.remoteAddress ?? '') &&
    LOOPBACK_HOST.test(headers.host ?? '') &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
}

/** Takes the same time wherever they differ. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
