import type { ProcessStep } from '#lib/processes';

/** A line of an instance's step log. */
export interface StepEntry {
  /** Milliseconds since 1970; all instances run on one machine. */
  readonly at: number;
  readonly pid: number;
  readonly step: ProcessStep;
  readonly processId: string;
  readonly kind: string;
}

/** An instance was killed, or stopped for longer than its leases. */
export interface Death {
  readonly at: number;
  readonly pid: number;
}

/** A time without database, in which nobody can take anything over. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

/** From a death to the moment at which another instance had taken the process over, in milliseconds. */
export interface Takeover {
  readonly processId: string;
  readonly milliseconds: number;
  /** Whether the database was away in between: then the time says nothing of the house. */
  readonly overOutage: boolean;
}

/** How quickly others took over what the dead ones held: leased, and not settled when they died. */
export function findTakeovers(
  entries: readonly StepEntry[],
  deaths: readonly Death[],
  outages: readonly Outage[],
): readonly Takeover[] {
  const inOrder = entries.toSorted((left, right) => left.at - right.at);
  return deaths.flatMap((death) =>
    heldBy(inOrder, death).flatMap((processId) => {
      const next = inOrder.find(
        ({ at, pid, step, processId: id }) =>
          id === processId && step === 'leased' && pid !== death.pid && at >= death.at,
      );
      if (next === undefined) return [];
      const overOutage = outages.some(({ from, until }) => from < next.at && until > death.at);
      return [{ processId, milliseconds: next.at - death.at, overOutage }];
    }),
  );
}

/** What somebody else has leased since, a sleeper holds no more. */
function heldBy(entries: readonly StepEntry[], { at: died, pid }: Death): readonly string[] {
  const held = new Set<string>();
  for (const entry of entries) {
    if (entry.at > died) break;
    if (entry.step === 'leased' && entry.pid === pid) held.add(entry.processId);
    else if (entry.step === 'leased' || (entry.step === 'settled' && entry.pid === pid)) held.delete(entry.processId);
  }
  return [...held];
}

/** The middle one; the lower of two. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
}
