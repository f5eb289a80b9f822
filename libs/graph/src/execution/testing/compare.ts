import { GraphQLError, parse, type ExecutionResult, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { AppError } from '#lib/kernel';
import type { Asked } from '../compiled-operations.js';
import type { Execution } from '../executor.js';

/** One execution of a document's first operation. */
export function executionOf(
  schema: GraphQLSchema,
  text: string,
  variables?: Record<string, unknown>,
): Execution & Asked {
  const document = parse(text);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const operationName = operation.name?.value;
  return { schema, document, operation, operationName, queryHash: text, variables, context: { who: 'kim' } };
}

/**
 * The answer as clients see it, with what the error shape looks for. Of errors below one null only one must be told
 * (GraphQL October 2021, 6.4.4), and which depends on time: such errors count by the place of the null.
 */
export const shown = ({ data, errors = [] }: ExecutionResult): unknown => {
  const told = errors.map((error) => {
    const { path = [] } = error;
    const cause = error.originalError instanceof AppError ? error.originalError.code : error.originalError?.message;
    const nulled = pathOfNull(data, path);
    if (nulled.length < path.length) return `below ${nulled.join('.')}`;
    return JSON.stringify([error.toJSON(), error instanceof GraphQLError, cause]);
  });
  return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, errors: [...new Set(told)].toSorted() };
};

/** The shortest way down the path at whose end stands null. */
function pathOfNull(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, index);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}
