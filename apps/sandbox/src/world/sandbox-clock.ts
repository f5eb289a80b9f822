import { berlinDate } from './dates.js';

/** Berlin's midnights fall on full quarters of an hour of UTC, so the date holds at least as long. */
const QUARTER_HOUR_MS = 900_000;

/** The clock of the imitated city: runs as fast as the real one, but may be ahead or behind. */
export class SandboxClock {
  private offset = 0;
  private quarter = Number.NaN;
  private date = '';

  /** How many milliseconds it is ahead of real time. */
  get offsetMs(): number {
    return this.offset;
  }

  now(): number {
    return Date.now() + this.offset;
  }

  today(): string {
    const now = this.now();
    const quarter = Math.floor(now / QUARTER_HOUR_MS);
    if (quarter !== this.quarter) {
      this.quarter = quarter;
      this.date = berlinDate(now);
    }
    return this.date;
  }

  shift(offsetMs: number): void {
    this.offset = offsetMs;
  }
}
