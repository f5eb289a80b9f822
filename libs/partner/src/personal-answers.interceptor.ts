import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mergeMap, type Observable } from 'rxjs';
import { ACCESS_RULE, quotaHeaders, scopeOf, type AccessRule } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { AppError } from '#lib/kernel';

interface Reply {
  header(name: string, value: string): Reply;
}

/**
 * Before every partner route: what is left of the partner's quota, and that nobody on the way keeps what is not public.
 * After it: nothing leaves under rights that were taken away meanwhile.
 */
@Injectable()
export class PersonalAnswers implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly customers: CustomerAccess,
  ) {}

  /** @throws AppError CONFLICT when a right ended while the answer was made */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const scope = scopeOf(http.getRequest<object>());
    const reply = http.getResponse<Reply>();
    for (const [name, value] of Object.entries(quotaHeaders(scope.principal) ?? {})) reply.header(name, value);
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (rule?.callers !== 'anyone') reply.header('cache-control', 'no-store');
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        if (await this.customers.stillHolds(scope)) return answer;
        throw new AppError('CONFLICT', 'rights changed meanwhile', { reason: 'rights changed meanwhile; ask again' });
      }),
    );
  }
}
