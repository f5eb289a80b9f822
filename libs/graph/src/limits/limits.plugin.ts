import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { getVariableValues, Kind, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { GraphContext } from '../scope.decorator.js';
import { costOf } from './cost.js';
import { problemOfLists } from './list-sizes.js';
import { beyondLimit } from './shape-limits.js';
import { problemOfVariables } from './value-limits.js';

/** Objects one answer may hold; the dashboard of a customer of all four companies holds fewer than 200. */
export const DEAREST = 2_500;

type Resolved = GraphQLRequestContextDidResolveOperation<GraphContext>;

/** Refuses with 400, before anything is asked of anyone, what is too dear or names a list that is too long. */
export function limitsPlugin(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation(request) {
          const refused = refusalOf(request);
          return refused ? Promise.reject(refused) : Promise.resolve();
        },
      }),
  };
}

function refusalOf({ schema, document, operation, request }: Resolved): GraphQLError | null {
  if (operation === undefined) return null;
  const sent = request.variables ?? {};
  const problem = problemOfVariables(sent);
  if (problem !== null) return refusal(problem);
  const { coerced: variables } = getVariableValues(schema, operation.variableDefinitions ?? [], sent);
  // Variables of the wrong type are refused by the execution, before it begins.
  if (variables === undefined) return null;
  const ofLists = problemOfLists(schema, document, operation, variables);
  if (ofLists !== null) return asBadRequest(ofLists);
  if (isIntrospection(operation)) return null;
  const cost = costOf(schema, document, operation, variables);
  return cost > DEAREST ? refusal(`The query may cost ${DEAREST}; it costs ${cost}.`) : null;
}

function refusal(text: string): GraphQLError {
  return asBadRequest(beyondLimit(text));
}

function asBadRequest(error: GraphQLError): GraphQLError {
  Object.assign(error.extensions, { http: { status: 400 } });
  return error;
}

/** Whether the operation asks about the schema only, which costs no read and has limits of its own. */
function isIntrospection({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'));
}
