/** A change of rights or data that every instance must notice. */
export interface EpochChange {
  /** `rights <customer id>` or `data <subsidiary> <account>`. */
  readonly key: string;
}

/** A look into the log: what changed since the last look, and where the next one begins. */
export interface LogPage {
  readonly changes: readonly EpochChange[];
  readonly next: string;
}

/** The small log of changes in Postgres, as an instance reads it. */
export abstract class EpochLog {
  /**
   * Changes that were committed since `from`; null begins now. Some may come twice, none is left out, whatever the
   * order in which transactions commit.
   * @throws AppError UPSTREAM_UNAVAILABLE when the database cannot be asked
   */
  abstract read(from: string | null): Promise<LogPage>;

  /** Removes changes older than an hour. */
  abstract forget(): Promise<void>;
}
