import { AppError, type Omission } from '#lib/kernel';
import { malformed } from '../wire/wire-object.js';

const MOST_KEPT = 100;
/** Whoever must leave out more has not got a feed with mistakes but something else. */
const MOST_OMITTED = 500_000;

/** Counts the rows that had to be left out and keeps the first hundred of them. */
export class OmissionLog {
  private readonly kept: Omission[] = [];
  private total = 0;

  get omissions(): readonly Omission[] {
    return this.kept;
  }

  /** All of them, kept or not. */
  get count(): number {
    return this.total;
  }

  /** @throws AppError UPSTREAM_MALFORMED after half a million */
  add(path: string, reason: string): void {
    this.total += 1;
    if (this.total > MOST_OMITTED) throw malformed('$', `has more than ${MOST_OMITTED} malformed rows`);
    if (this.kept.length < MOST_KEPT) this.kept.push({ path, reason });
  }

  /** Hands a row to `read`, which may find it malformed: then it is left out. */
  attempt<T extends { readonly path: string }>(row: T, read: (row: T) => void): void {
    try {
      read(row);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UPSTREAM_MALFORMED') throw error;
      this.add(error.details.path ?? row.path, error.details.reason ?? 'is malformed');
    }
  }
}
