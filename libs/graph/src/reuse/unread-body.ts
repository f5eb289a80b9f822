/** What is used of a server on Fastify, before it listens. */
interface Parsers<Request> {
  useBodyParser(type: string, rawBody: boolean, options: object, parser: BodyParser<Request>): unknown;
}
type BodyParser<Request> = (request: Request, bytes: Buffer, done: Done) => void;
type Done = (error: Error | null, body?: unknown) => void;

interface RoutedRequest {
  /** The route that was found, however its path was spelled. */
  readonly routeOptions: { readonly url?: string };
}

const ROUTE = '/graphql';

/** The body of a request to `/graphql`, which is read only where its answer is not known yet. */
export class UnreadBody {
  constructor(readonly bytes: Buffer) {}
}

/**
 * Leaves JSON to `/graphql` unread; all other JSON is read as ever.
 * @param json the server's own parser
 */
export function leaveBodiesUnread<Request extends RoutedRequest>(
  server: Parsers<Request>,
  bodyLimit: number,
  json: BodyParser<Request>,
): void {
  server.useBodyParser('application/json', false, { bodyLimit }, (request, bytes, done) => {
    if (request.routeOptions.url === ROUTE) done(null, new UnreadBody(bytes));
    else json(request, bytes, done);
  });
}
