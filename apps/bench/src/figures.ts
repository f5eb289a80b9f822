/** One line of the table. Times in milliseconds, memory in megabytes (10⁶ bytes). */
export interface Figures {
  readonly bench: string;
  readonly label: string;
  /** Measured runs, each with an answer that was checked. */
  readonly runs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  /** Resident memory of the process when the measurement began, and the most that was seen until its end. */
  readonly rssBeforeMb: number;
  readonly rssPeakMb: number;
}

/** The smallest value that at least `part` of all are not above (nearest rank). @param sorted ascending, not empty */
export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** The figures as lines for people. */
export function tableOf(figures: readonly Figures[]): string {
  const rows = figures.map(({ label, runs, p50Ms, p99Ms, longestMs, rssBeforeMb, rssPeakMb }) => [
    label,
    String(runs),
    ...[p50Ms, p99Ms, longestMs].map((value) => value.toFixed(3)),
    `${Math.round(rssBeforeMb)} → ${Math.round(rssPeakMb)}`,
  ]);
  const all = [['Messung', 'Läufe', 'p50 ms', 'p99 ms', 'max ms', 'RSS MB'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  return lines.map((row) => row.join('  ')).join('\n');
}
