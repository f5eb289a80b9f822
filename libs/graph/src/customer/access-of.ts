import type { ErrorCode, ReadUse } from '#lib/kernel';
import { Access } from './subsidiary-status.type.js';

const ACCESS_OF_FAILURE: Partial<Record<ErrorCode, Access>> = {
  UPSTREAM_TIMEOUT: Access.TIMED_OUT,
  UPSTREAM_UNAVAILABLE: Access.UNAVAILABLE,
  UPSTREAM_MALFORMED: Access.MALFORMED,
};

/** Worst first: when several reads of one subsidiary failed, the client is told the worst. */
const SEVERITY = [Access.UNAVAILABLE, Access.TIMED_OUT, Access.MALFORMED];

export interface AccessVerdict {
  readonly access: Access;
  readonly retryAfterSeconds: number | null;
}

/** Sums up what became of a subsidiary's reads in one request. Rows left out count as malformed. */
export function accessOf(uses: readonly ReadUse[]): AccessVerdict {
  const states = new Set(uses.map(stateOf));
  const access = SEVERITY.find((state) => states.has(state)) ?? Access.AVAILABLE;
  const waits = uses.flatMap((use) => use.failure?.retryAfterSeconds ?? []);
  return { access, retryAfterSeconds: waits.length > 0 ? Math.max(...waits) : null };
}

function stateOf({ failure, omissions }: ReadUse): Access {
  if (failure) return ACCESS_OF_FAILURE[failure.code] ?? Access.UNAVAILABLE;
  return omissions.length > 0 ? Access.MALFORMED : Access.AVAILABLE;
}
