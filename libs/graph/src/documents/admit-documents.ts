import type { DocumentGate, DocumentMode, DocumentParameters } from './document-gate.js';

/** What is used of Fastify. */
interface HookedRequest {
  readonly method: string;
  readonly url: string;
  /** The route that was found, however its path was spelled. */
  readonly routeOptions: { readonly url?: string };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}
interface Hooks {
  addHook(name: 'preValidation', hook: (request: HookedRequest) => Promise<void>): unknown;
}

const ROUTE = '/graphql';

/** Puts the gate before every request to `/graphql`; the edge's filter answers what it refuses. */
export function admitDocuments(fastify: Hooks, gate: DocumentGate, mode: DocumentMode): void {
  fastify.addHook('preValidation', async (request) => {
    if (request.routeOptions.url !== ROUTE) return;
    if (isParameters(request.body)) await gate.admit(request.body, request.headers, mode);
    // Read as the graph will read it.
    if (request.method !== 'POST') await gate.admitLink(new URL(request.url, 'http://gateway').searchParams, mode);
  });
}

function isParameters(value: unknown): value is DocumentParameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
