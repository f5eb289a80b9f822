import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { ScopeFactory } from '#lib/access';
import type { CustomerAccess } from '#lib/customer';
import { formatBerlin, type ReadUse, type RequestScope } from '#lib/kernel';
import type { AnswerReuse } from '../reuse/answer-reuse.js';
import type { GraphContext } from '../scope.decorator.js';
import { speak } from './error-shape.js';

/**
 * Finishes every answer: nothing leaves under rights that were taken away meanwhile, sentences are in the caller's
 * language, `extensions.sources` tell where from, and nothing is cached on the way.
 */
export function answerPlugin(
  customers: CustomerAccess,
  scopes: ScopeFactory,
  reuse: AnswerReuse,
): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async willSendResponse({ response, contextValue, schema, document, operation }) {
          response.http.headers.set('cache-control', 'no-store');
          const { scope } = contextValue;
          if (response.body.kind !== 'single' || scope === undefined) return;
          if (!(await scopes.stillHolds(scope))) response.body.singleResult = SIGNED_OUT;
          else if (!(await customers.stillHolds(scope))) response.body.singleResult = RIGHTS_CHANGED;
          const result = finish(response.body.singleResult, scope);
          response.body.singleResult = result;
          await reuse.note(scope, { schema, document, operation, result });
        },
      }),
  };
}

/** In place of an answer whose rights have changed while it was made: asked again, it comes out right. */
const RIGHTS_CHANGED: FormattedExecutionResult = {
  errors: [
    { message: '', extensions: { code: 'CONFLICT', reason: 'rights changed while the answer was made; ask again' } },
  ],
};

/** In place of an answer whose caller has signed out, or was signed out, while it was made. */
const SIGNED_OUT: FormattedExecutionResult = {
  errors: [
    { message: '', extensions: { code: 'UNAUTHENTICATED', reason: 'the session ended while the answer was made' } },
  ],
};

function finish(result: FormattedExecutionResult, scope: RequestScope): FormattedExecutionResult {
  const errors = result.errors?.map((error) => speak(error, scope.language));
  const sources = result === RIGHTS_CHANGED || result === SIGNED_OUT ? [] : scope.uses.map(describeUse);
  const extensions = sources.length > 0 ? { ...result.extensions, sources } : result.extensions;
  return { ...result, ...(errors && { errors }), ...(extensions && { extensions }) };
}

/** One line of `extensions.sources`: where from, how fresh, how long it took, and what had to be left out. */
function describeUse(use: ReadUse): Record<string, unknown> {
  const { subsidiary, system, operation, milliseconds, omissions } = use;
  return {
    subsidiary,
    system,
    operation,
    state: use.state ?? 'FAILED',
    asOf: use.asOf === null ? null : formatBerlin(use.asOf),
    milliseconds,
    ...(use.failure && { code: use.failure.code }),
    ...(omissions.length > 0 && { omissions }),
  };
}
