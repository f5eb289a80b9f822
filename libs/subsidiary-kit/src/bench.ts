/** Measures a part of a subsidiary in this process, on data of its own making and without any other system. */
export interface Bench {
  /** Name on the command line, e.g. `departures`. */
  readonly name: string;
  /** One German sentence for --help. */
  readonly describe: string;
  run(run: BenchRun): Promise<void>;
}

/** What a bench is run by: it takes the time, shows progress and keeps the figures. */
export interface BenchRun {
  /**
   * Measures `task` for each input, after a few that do not count. An answer is checked outside of the measured time.
   * @param label what is measured, in German
   * @throws Error when an answer fails its check: figures of wrong answers say nothing
   */
  each<I, A>(
    label: string,
    inputs: readonly I[],
    task: (input: I) => A | Promise<A>,
    check: Check<I, A>,
  ): Promise<void>;
  /** How far a long task is, between 0 and 1. */
  progress(part: number): void;
}

/** Whether the answer is right, found out in the plainest way. */
export type Check<I, A> = (input: I, answer: A) => boolean;
