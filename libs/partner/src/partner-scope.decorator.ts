import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import { scopeOf } from '#lib/access';

/** Hands the request's scope to a partner controller. */
export const PartnerScope = createParamDecorator((_: unknown, context: ExecutionContext): RequestScope =>
  scopeOf(context.switchToHttp().getRequest<object>()),
);
