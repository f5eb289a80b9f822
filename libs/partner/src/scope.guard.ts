import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ScopeFactory } from '#lib/access';
import type { RequestScope } from '#lib/kernel';

const scopes = new WeakMap<object, RequestScope>();

type Incoming = Parameters<ScopeFactory['open']>[0];
type Reply = { readonly raw: Parameters<ScopeFactory['open']>[1] };

/** Opens the scope of a partner request before its input is read. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly factory: ScopeFactory) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Incoming>();
    scopes.set(request, await this.factory.open(request, http.getResponse<Reply>().raw));
    return true;
  }
}

/** The scope that the guard has opened for this request. @throws Error when the route has no guard: a wiring mistake */
export function scopeOf(request: object): RequestScope {
  const scope = scopes.get(request);
  if (!scope) throw new Error('the route is not guarded by ScopeGuard');
  return scope;
}
