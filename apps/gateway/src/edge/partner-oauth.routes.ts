import type { FastifyInstance } from 'fastify';
import { OAUTH_METADATA_PATH, OAUTH_PATH, type PartnerAuthorization } from '#lib/access';

/** Lets the partners' authorization server answer below its path. It reads requests itself, bounded, so no parser runs. */
export function servePartnerOAuth(fastify: FastifyInstance, authorization: PartnerAuthorization): void {
  void fastify.register(async (oauth) => {
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const url of [`${OAUTH_PATH}/*`, OAUTH_METADATA_PATH]) {
      oauth.all(url, async (request, reply) => {
        reply.hijack();
        const { method, protocol, host, headers } = request;
        await authorization.handle({ method, protocol, host, headers: { ...headers } }, request.raw, reply.raw);
      });
    }
  });
}
