// (b) Hive Gateway over the same subgraphs: its runtime on node:http, which its own command uses too.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { tellReady } from './ready.mjs';

const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.env.SUPERGRAPH, 'utf8'),
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({
      authorization: request.headers.get('authorization') ?? '',
      'accept-language': request.headers.get('accept-language') ?? 'de',
      prefer: request.headers.get('prefer') ?? '',
    }),
  },
  logging: false,
  landingPage: false,
  graphiql: false,
  healthCheckEndpoint: false,
  readinessCheckEndpoint: false,
});
const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => tellReady(server));
