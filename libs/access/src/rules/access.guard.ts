import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError, CLOCK, type Clock, type RequestScope } from '#lib/kernel';
import { ScopeFactory } from '../scope-factory.js';
import { ACCESS_RULE, enforce, type AccessRule } from './access-rule.js';

const scopes = new WeakMap<object, RequestScope>();

type Incoming = Parameters<ScopeFactory['open']>[0];
interface Reply {
  readonly raw: Parameters<ScopeFactory['open']>[1];
}

/** The one guard of the house, before every query, mutation and route: who calls, and does the declared rule let them in. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly factory: ScopeFactory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS_RULE, context.getHandler());
    if (rule === undefined) throw new AppError('FORBIDDEN', `${context.getHandler().name} declares no access rule`);
    const scope = await this.scopeFor(context, rule);
    enforce(rule, scope.principal, this.clock.now());
    return true;
  }

  /** GraphQL has opened the scope with its context; a route gets it here. */
  private async scopeFor(context: ExecutionContext, { edge }: AccessRule): Promise<RequestScope> {
    if (context.getType<string>() === 'graphql') return context.getArgByIndex<{ scope: RequestScope }>(2).scope;
    const http = context.switchToHttp();
    const request = http.getRequest<Incoming>();
    const scope = await this.factory.open(request, http.getResponse<Reply>().raw, edge ?? 'rest');
    scopes.set(request, scope);
    return scope;
  }
}

/** The scope that the guard has opened for this request; undefined where it never came to that. */
export function findScope(request: object): RequestScope | undefined {
  return scopes.get(request);
}

/** The scope that the guard has opened for this request. @throws Error when the route is not guarded: a wiring mistake */
export function scopeOf(request: object): RequestScope {
  const scope = scopes.get(request);
  if (!scope) throw new Error('the route is not guarded');
  return scope;
}
