import { PERIOD_MS, type QuotaPeriod } from './quota-window.js';

/** How much of each of a partner's quotas is left. */
export type QuotaState = readonly {
  readonly period: QuotaPeriod;
  readonly quota: number;
  readonly remaining: number;
  /** Seconds until the quota is whole again. */
  readonly resetSeconds: number;
}[];

const states = new WeakMap<object, QuotaState>();

/** Remembers the state beside the caller whose request was counted. */
export function noteQuota(principal: object, state: QuotaState): void {
  states.set(principal, state);
}

/**
 * The headers `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers) of an answer to this caller, or
 * for this refusal; undefined for callers without a quota.
 */
export function quotaHeaders(holder: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined;
  const state = 'quotaState' in holder ? (holder.quotaState as QuotaState) : states.get(holder);
  return (
    state && {
      'ratelimit-policy': state
        .map(({ period, quota }) => `"${period}";q=${quota};w=${PERIOD_MS[period] / 1_000}`)
        .join(', '),
      ratelimit: state.map(({ period, remaining, resetSeconds: t }) => `"${period}";r=${remaining};t=${t}`).join(', '),
    }
  );
}
