import type { Spread } from './spread.js';
import type { Verdict } from './verdict.js';

/** One line of a scenario's table: a contender and its figures by column. */
export interface Row {
  readonly contender: string;
  readonly figures: Readonly<Record<string, Spread>>;
}

/** What a scenario has found. */
export interface Findings {
  readonly scenario: string;
  readonly title: string;
  /** What exactly was asked, in one or two sentences. */
  readonly how: string;
  readonly rows: readonly Row[];
  /** Column that the picture shows; without one it shows nothing of this. */
  readonly drawn?: string;
  readonly verdicts: readonly Verdict[];
}

/** A whole run. */
export interface Report {
  readonly at: string;
  readonly machine: string;
  readonly rounds: number;
  /** Answers whose `data` were compared. */
  readonly checked: number;
  readonly findings: readonly Findings[];
}
