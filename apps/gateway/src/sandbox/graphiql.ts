import type { FastifyInstance } from 'fastify';
import { DASHBOARD_QUERY } from './dashboard-query.js';
import type { SandboxControl } from './sandbox-control.js';

/** Options of GraphiQL that are used here; the package's own type needs a server we do not have. */
interface GraphiqlOptions {
  readonly title: string;
  readonly endpoint: string;
  readonly defaultQuery: string;
  readonly headers?: string;
}

/** Loaded with the first page: it holds an editor of 10 MB, which no gateway in production needs. */
async function render(options: GraphiqlOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  return (renderGraphiQL as (options: GraphiqlOptions) => string)(options);
}

/** Serves GraphiQL to browsers that open `/graphql`; `?persona=` puts that persona's token into the headers. */
export function serveGraphiql(fastify: FastifyInstance, control: SandboxControl): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.method !== 'GET' || !request.headers.accept?.includes('text/html')) return;
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    if (pathname !== '/graphql' || searchParams.has('query')) return;
    const token = await personaToken(control, searchParams.get('persona'));
    const page = await render({
      title: 'Saaltor: GraphiQL',
      endpoint: '/graphql',
      defaultQuery: DASHBOARD_QUERY,
      ...(token !== undefined && { headers: JSON.stringify({ authorization: `Bearer ${token}` }, null, 2) }),
    });
    await reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
  });
}

/** @returns undefined for an unknown persona, or one who cannot sign in */
async function personaToken(control: SandboxControl, persona: string | null): Promise<string | undefined> {
  if (persona === null || persona.length > 60) return undefined;
  const answer = await control.ask('POST', '/tokens', { persona }).catch(() => undefined);
  const token = (answer as { access_token?: unknown } | undefined)?.access_token;
  return typeof token === 'string' ? token : undefined;
}
