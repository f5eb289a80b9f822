/** `skipped`: it could not be looked at from here; `seen` says why. */
export type Outcome = 'ok' | 'failed' | 'skipped';

/** What a check has found. */
export interface Finding {
  readonly outcome: Outcome;
  /** What was seen, in a few words; never a secret. */
  readonly seen: string;
}

/** A requirement holds or not. */
export function judge(holds: boolean, seen: string): Finding {
  return { outcome: holds ? 'ok' : 'failed', seen };
}

/** Several things must hold: the first ones that do not are named. */
export function judgeAll(mistakes: readonly string[], seen: string): Finding {
  return mistakes.length === 0 ? judge(true, seen) : judge(false, mistakes.slice(0, 3).join('; '));
}

export function skipped(reason: string): Finding {
  return { outcome: 'skipped', seen: reason };
}
