import type { FastifyInstance } from 'fastify';
import { AppError } from '#lib/kernel';

/** Refuses bodies that say they are packed: nothing here unpacks, so none of them can grow. */
export function refusePackedBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ headers }, _reply, goOn) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() === 'identity') return goOn();
    const reason = 'bodies are taken as they are, not packed';
    goOn(new AppError('INVALID_INPUT', reason, { path: 'content-encoding', reason }));
  });
}
