import { ANONYMOUS, RequestScope, type Clock, type Language, type Principal } from '#lib/kernel';

export interface ScopeWishes {
  readonly principal?: Principal;
  readonly language?: Language;
  /** How long the answer waits, in milliseconds; 2,000 unless told. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
}

/** The scope of one request, as the edges open it. */
export function openScope(clock: Clock, wishes: ScopeWishes = {}): RequestScope {
  const { principal = ANONYMOUS, language = 'de', waitMs = 2_000, signal = new AbortController().signal } = wishes;
  return new RequestScope(principal, language, clock.now() + waitMs, signal);
}

/** A signed-in customer. */
export function customerPrincipal(subject: string): Principal {
  return { kind: 'customer', subject, expiresAt: Number.MAX_SAFE_INTEGER };
}
