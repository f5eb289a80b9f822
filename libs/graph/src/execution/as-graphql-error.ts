import { GraphQLError, type Source } from 'graphql';

/**
 * An error of graphql-jit as graphql-js would have made it: theirs lack what Apollo and the error shape look for.
 * @param source of the document, for the places
 */
export function asGraphQLError(error: GraphQLError, source: Source | undefined): GraphQLError {
  const { message, path, locations } = error;
  const cause = error.originalError;
  // Thrown with its place already known.
  if (cause instanceof GraphQLError && Array.isArray(cause.path)) return cause;
  const nodes = cause instanceof GraphQLError ? cause.nodes : undefined;
  return new GraphQLError(message, {
    ...(nodes ? { nodes } : { source, positions: source && locations?.map((place) => positionOf(source.body, place)) }),
    path,
    // A null where none may be has no cause there.
    originalError: cause ?? new Error(message),
  });
}

/** Characters before a place; lines end as GraphQL says (October 2021, 2.1.3). */
function positionOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
  const lineEnds = /\r\n|[\n\r]/g;
  let begin = 0;
  for (let number = 1; number < line; number += 1) {
    if (lineEnds.exec(text) === null) break;
    begin = lineEnds.lastIndex;
  }
  return begin + column - 1;
}
