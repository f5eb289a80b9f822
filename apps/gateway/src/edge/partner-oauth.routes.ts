import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAUTH_METADATA_PATH, OAUTH_PATH, type PartnerAuthorization } from '#lib/access';
import { policyOf } from './content-policy.js';
import { STRICT_TRANSPORT } from './headers.hook.js';

type RawReply = Parameters<PartnerAuthorization['handle']>[2];

/** Lets the partners' authorization server answer below its path. It reads requests itself, bounded, so no parser runs. */
export function servePartnerOAuth(fastify: FastifyInstance, authorization: PartnerAuthorization): void {
  void fastify.register(async (oauth) => {
    oauth.removeAllContentTypeParsers();
    oauth.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const url of [`${OAUTH_PATH}/*`, OAUTH_METADATA_PATH]) {
      oauth.all(url, async (request, reply) => {
        reply.hijack();
        guard(request, reply.raw);
        const { method, protocol, host, headers } = request;
        await authorization.handle({ method, protocol, host, headers: { ...headers } }, request.raw, reply.raw);
      });
    }
  });
}

/**
 * Headers that all answers carry, unless a page has its own; hooks do not run for it. The library would let pages of any
 * origin read: partners ask from their servers, so its leave is taken back. No opener policy: partners may open the
 * question in a window of its own.
 */
function guard({ url, protocol }: FastifyRequest, reply: RawReply): void {
  const setHeader = reply.setHeader.bind(reply);
  reply.setHeader = (name, value) => (/^access-control-/i.test(name) ? reply : setHeader(name, value));
  reply.setHeader('content-security-policy', policyOf(url, ''));
  reply.setHeader('cross-origin-resource-policy', 'same-origin');
  if (protocol === 'https') reply.setHeader('strict-transport-security', STRICT_TRANSPORT);
}
