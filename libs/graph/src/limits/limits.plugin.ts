import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { Kind, visit, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { GraphContext } from '../scope.decorator.js';
import { costOf, LONGEST_LIST, type Variables } from './cost.js';
import { beyondLimit } from './shape-limits.js';

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
  const variables = request.variables ?? {};
  if (isLongerThanAllowed(operation, variables)) return refusal(`A list may have ${LONGEST_LIST} elements.`);
  if (isIntrospection(operation)) return null;
  const cost = costOf(schema, document, operation, variables);
  return cost > DEAREST ? refusal(`The query may cost ${DEAREST}; it costs ${cost}.`) : null;
}

function refusal(text: string): GraphQLError {
  const error = beyondLimit(text);
  Object.assign(error.extensions, { http: { status: 400 } });
  return error;
}

/** Whether the operation asks about the schema only, which costs no read and has limits of its own. */
function isIntrospection({ selectionSet }: OperationDefinitionNode): boolean {
  return selectionSet.selections.every((node) => node.kind === Kind.FIELD && node.name.value.startsWith('__'));
}

/** Lists written into the document or sent as variables, at any depth. */
function isLongerThanAllowed(operation: OperationDefinitionNode, variables: Variables): boolean {
  let found = Object.values(variables).some(holdsLongList);
  visit(operation, {
    ListValue({ values }) {
      found ||= values.length > LONGEST_LIST;
    },
  });
  return found;
}

function holdsLongList(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > LONGEST_LIST || value.some(holdsLongList);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLongList);
}
