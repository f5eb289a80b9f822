import type { Run } from './timetable-departure.js';

/** A departure that may be among the first ones. */
export interface Candidate extends Run {
  /** Epoch seconds. */
  readonly time: number;
}

/** Keeps the earliest candidates in order, so that whoever looks for more knows when to stop. */
export class Earliest {
  private readonly kept: Candidate[] = [];

  /** @param until epoch seconds; what lies at it or later is not wanted */
  constructor(
    private readonly most: number,
    private readonly until: number,
  ) {}

  get candidates(): readonly Candidate[] {
    return this.kept;
  }

  /** Whether a candidate at that time would be kept; once false, it is so for all later times. */
  wants(time: number): boolean {
    if (time >= this.until) return false;
    return this.kept.length < this.most || time <= (this.kept[this.most - 1]?.time ?? -Infinity);
  }

  add(candidate: Candidate): void {
    let at = this.kept.length;
    while (at > 0 && compareCandidates(candidate, this.kept[at - 1] as Candidate) < 0) at -= 1;
    this.kept.splice(at, 0, candidate);
    if (this.kept.length > this.most) this.kept.pop();
  }
}

/** By time; at one time in the order of the feed. */
function compareCandidates(left: Candidate, right: Candidate): number {
  return left.time - right.time || left.call - right.call || left.day - right.day;
}
