import { RequestScope, type Clock } from '#lib/kernel';

/**
 * Reads that may not use up the caller's patience, because there is another answer behind them: together they get half
 * of what is left of it when the first of them begins. What became of them is told like that of any other read.
 */
export class Impatience {
  private readonly hurried = new WeakMap<RequestScope, RequestScope>();

  constructor(private readonly clock: Clock) {}

  async read<T>(scope: RequestScope, ask: (hurried: RequestScope) => Promise<T>): Promise<T> {
    const hurried = this.hurried.get(scope) ?? this.hurry(scope);
    try {
      return await ask(hurried);
    } finally {
      scope.uses.push(...hurried.uses.splice(0));
    }
  }

  private hurry(scope: RequestScope): RequestScope {
    const now = this.clock.now();
    const waitUntil = now + Math.max(0, scope.waitUntil - now) / 2;
    const hurried = new RequestScope(scope.principal, scope.language, waitUntil, scope.signal);
    this.hurried.set(scope, hurried);
    return hurried;
  }
}
