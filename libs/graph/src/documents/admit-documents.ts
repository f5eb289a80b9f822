import type { DocumentGate, DocumentMode, DocumentParameters } from './document-gate.js';

/** What is used of Fastify. */
interface HookedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
  readonly query: unknown;
}
interface Hooks {
  addHook(name: 'preValidation', hook: (request: HookedRequest) => Promise<void>): unknown;
}

/** Puts the gate before every request to `/graphql`; the edge's filter answers what it refuses. */
export function admitDocuments(fastify: Hooks, gate: DocumentGate, mode: DocumentMode): void {
  fastify.addHook('preValidation', async (request) => {
    if (!/^\/graphql(?:$|[/?])/.test(request.url)) return;
    for (const parameters of [request.body, request.query]) {
      if (isParameters(parameters)) await gate.admit(parameters, request.headers, mode);
    }
  });
}

function isParameters(value: unknown): value is DocumentParameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
