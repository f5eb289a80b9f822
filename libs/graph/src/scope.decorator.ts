import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { RequestScope } from '#lib/kernel';

/** What Apollo carries through one operation. */
export interface GraphContext {
  readonly scope: RequestScope;
}

/** Hands the request's scope to a resolver. */
export const Scope = createParamDecorator(
  (_: unknown, context: ExecutionContext): RequestScope =>
    GqlExecutionContext.create(context).getContext<GraphContext>().scope,
);
