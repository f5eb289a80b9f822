import type { Outcome } from './finding.js';

export type Level = 'MUST' | 'SHOULD';

/** One requirement and what became of it. */
export interface Line {
  readonly id: string;
  readonly requirement: string;
  /** Standard and section. */
  readonly source: string;
  readonly level: Level;
  readonly outcome: Outcome;
  readonly seen: string;
}

/** What a self-test has found. */
export interface Report {
  readonly gateway: string;
  /** As the gateway names it; null when it names none. */
  readonly channel: string | null;
  /** Who signed in; null when nobody could. */
  readonly persona: string | null;
  readonly lines: readonly Line[];
}

/** 0 when every MUST that could be looked at holds. */
export function exitCodeOf({ lines }: Report): number {
  return lines.some(({ level, outcome }) => level === 'MUST' && outcome === 'failed') ? 1 : 0;
}

const LONGEST_CELL = 110;
const HEADINGS = ['result', 'level', 'requirement', 'source', 'seen'];

/** The report as a table for a terminal. */
export function tableOf(report: Report): string {
  const rows = report.lines.map(({ outcome, level, requirement, source, seen }) => [
    outcome,
    level,
    requirement,
    source,
    harmless(seen),
  ]);
  const widths = HEADINGS.map((_heading, column) => Math.max(...[HEADINGS, ...rows].map((row) => row[column]!.length)));
  const lineOf = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  ');
  return [...[HEADINGS, ...rows].map(lineOf), '', summaryOf(report)].join('\n');
}

function summaryOf({ gateway, channel, persona, lines }: Report): string {
  const count = (outcome: Outcome, level: Level): number =>
    lines.filter((line) => line.outcome === outcome && line.level === level).length;
  const skippedLines = lines.filter(({ outcome }) => outcome === 'skipped').length;
  return [
    `${gateway}, channel ${channel === null ? 'unknown' : harmless(channel)}, ${persona ?? 'nobody'} signed in:`,
    `${count('ok', 'MUST')} MUST and ${count('ok', 'SHOULD')} SHOULD hold,`,
    `${count('failed', 'MUST')} MUST and ${count('failed', 'SHOULD')} SHOULD do not, ${skippedLines} not looked at.`,
  ].join(' ');
}

/** One line of what may come from foreign servers. */
function harmless(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL)}…` : line;
}
