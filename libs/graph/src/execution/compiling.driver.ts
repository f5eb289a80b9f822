import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import { Executor } from './executor.js';
import { readPlainFields } from './plain-fields.js';
import { tellTypesSafely } from './safe-types.js';

/** Apollo as Nest starts it, with an execution of our own behind it. */
@Injectable()
export class CompilingDriver extends ApolloDriver {
  override async start(options: ApolloDriverConfig): Promise<void> {
    const { schema } = options;
    if (schema === undefined) throw new Error('the driver is started without a schema');
    const withExecutor: ApolloDriverConfig & Pick<ApolloServerOptionsWithGateway<never>, 'gateway'> = {
      ...options,
      gateway: executing(tellTypesSafely(readPlainFields(schema))),
    };
    await super.start(withExecutor);
  }
}

/** The one way in which Apollo takes an execution: it believes that there is a gateway behind it. */
function executing(schema: GraphQLSchema): ApolloServerOptionsWithGateway<never>['gateway'] {
  const executor = new Executor();
  return {
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: ({ document, operation, queryHash, request, context }) =>
          executor.execute({
            schema,
            document,
            operation,
            operationName: request.operationName,
            queryHash,
            variables: request.variables,
            context,
          }),
      }),
    stop: () => Promise.resolve(),
  };
}
