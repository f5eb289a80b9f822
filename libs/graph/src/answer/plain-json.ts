import type { GraphQLError } from 'graphql';

const ORDINARY: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);
/** How graphql-js says that the lexer gave up. */
const TOO_MANY_TOKENS = /Document contains more tha[nt] \d+ tokens/;

/** Whether the client asks for `application/json` by name and knows no `application/graphql-response+json`. */
export function expectsPlainJson(accept: string | undefined): boolean {
  return accept !== undefined && accept.includes('application/json') && !accept.includes('graphql-response');
}

/**
 * Whether the document or its variables are wrong, as opposed to beyond a limit. Clients of plain JSON get these with
 * status 200 (GraphQL over HTTP, 6.4.1); what a limit refuses is a 400 for everyone.
 */
export function isOrdinaryMistake({ extensions, message }: GraphQLError): boolean {
  return (
    ORDINARY.has(String(extensions['code'])) &&
    extensions['beyondLimit'] === undefined &&
    !TOO_MANY_TOKENS.test(message)
  );
}
