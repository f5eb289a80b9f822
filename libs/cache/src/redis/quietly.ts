import type { Clock } from '#lib/kernel';

const QUIET_MS = 60_000;

/** Passes on the first report and then at most one a minute: an outage is one line, not thousands. */
export function quietly(clock: Clock, report: (problem: string) => void): (problem: string) => void {
  let quietUntil = -Infinity;
  return (problem) => {
    const now = clock.monotonic();
    if (now < quietUntil) return;
    quietUntil = now + QUIET_MS;
    report(problem);
  };
}
