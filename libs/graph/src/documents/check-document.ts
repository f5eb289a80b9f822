import {
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { costOf } from '../limits/cost.js';
import { DEAREST } from '../limits/limits.plugin.js';
import { aliasLimit, depthLimit, directiveLimit, MOST_TOKENS } from '../limits/shape-limits.js';

/** What stands against a document, each with line and column; empty when the graph would execute it. */
export function problemsOf(schema: GraphQLSchema, body: string): readonly string[] {
  try {
    const document = parse(body, { maxTokens: MOST_TOKENS });
    const errors = validate(schema, document, [...specifiedRules, depthLimit, aliasLimit, directiveLimit]);
    return errors.length > 0 ? errors.map(describe) : costProblems(schema, document);
  } catch (error) {
    if (error instanceof GraphQLError) return [describe(error)];
    throw error;
  }
}

/** Sizes that come as variables are not known yet and count as usual ones. */
function costProblems(schema: GraphQLSchema, document: DocumentNode): string[] {
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length !== 1) return ['A registered document has exactly one operation.'];
  return operations
    .map((operation) => costOf(schema, document, operation, {}))
    .filter((cost) => cost > DEAREST)
    .map((cost) => `The query may cost ${DEAREST}; it costs ${cost}.`);
}

function describe({ message, locations }: GraphQLError): string {
  const [place] = locations ?? [];
  return place ? `${place.line}:${place.column} ${message}` : message;
}
