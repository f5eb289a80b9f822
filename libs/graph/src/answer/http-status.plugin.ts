import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { GraphContext } from '../scope.decorator.js';
import { expectsPlainJson, isOrdinaryMistake } from './plain-json.js';

/**
 * The HTTP status of every answer. An answer that holds nothing but a refusal has the refusal's own status, where it asks
 * for one: an agent without a mandate gets 403. Answers that hold anything else stay 200, since clients must read them,
 * and so do ordinary mistakes for clients of plain JSON.
 */
export function httpStatusPlugin(): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ request, response, errors = [] }) {
          if (errors.length === 0) return;
          if (expectsPlainJson(request.http?.headers.get('accept')) && errors.every(isOrdinaryMistake)) {
            response.http.status = 200;
            return;
          }
          const status = errors.map(statusOf).find((wished) => wished !== undefined);
          const { body } = response;
          if (status === undefined || body.kind !== 'single' || !isEmpty(body.singleResult.data)) return;
          // Nest sets every executed operation to 200 at this very moment; all plugins have had their turn after it.
          await Promise.resolve();
          response.http.status = status;
        },
      }),
  };
}

function statusOf({ extensions }: GraphQLFormattedError): number | undefined {
  const http = extensions?.['http'] as { readonly status?: number } | undefined;
  return http?.status;
}

function isEmpty(data: Record<string, unknown> | null | undefined): boolean {
  return Object.values(data ?? {}).every((value) => value === null);
}
