// (a) Apollo Gateway over the subsidiaries as subgraphs, on Apollo Server's own HTTP server, as its documentation shows.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { tellReady } from './ready.mjs';

/** The caller's token, language and patience go on to each subgraph. */
class ForwardingSource extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    if (context.authorization) request.http.headers.set('authorization', context.authorization);
    if (context.language) request.http.headers.set('accept-language', context.language);
    if (context.prefer) request.http.headers.set('prefer', context.prefer);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH, 'utf8'),
  buildService: ({ url }) => new ForwardingSource({ url }),
});
const apollo = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false });
await apollo.start();

// By hand instead of startStandaloneServer: without its CORS and body-parser layers, which would only cost it time.
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, [value].flat().join(', '));
  const { authorization, 'accept-language': language, prefer } = request.headers;
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method,
      headers,
      search: '',
      body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
    },
    context: async () => ({ authorization, language, prefer }),
  });
  const body = Buffer.from(answer.body.string, 'utf8');
  response.writeHead(answer.status ?? 200, { ...Object.fromEntries(answer.headers), 'content-length': body.length });
  response.end(body);
});
server.listen(0, '127.0.0.1', () => tellReady(server));
