import type { Findings, Report } from './findings.js';
import { numberText, spreadText } from './number-text.js';
import type { Verdict } from './verdict.js';

/** The report for people who read a README. */
export function writeMarkdown(report: Report): string {
  const verdicts = report.findings.flatMap((found) => found.verdicts);
  const head = [
    '# Bench: latest run',
    '',
    `${report.machine}. ${report.rounds} interleaved rounds; median (least–most). ` +
      `${report.checked.toLocaleString('en-US')} answers were checked, the \`data\` of all contenders equal.`,
    '',
    ...(verdicts.length === 0 ? [] : [...verdictTable(verdicts), '']),
  ];
  return `${[...head, ...report.findings.flatMap(section)].join('\n').trimEnd()}\n`;
}

function verdictTable(verdicts: readonly Verdict[]): string[] {
  const rows = verdicts.map((verdict) => [
    verdict.what,
    `${spreadText(verdict.measured)}${verdict.unit}`,
    `${bound(verdict, verdict.floor)}: ${verdict.ofFloor}`,
    `${bound(verdict, verdict.aim)}: ${verdict.ofAim}`,
  ]);
  return table([['Promise', 'Measured', 'Floor', 'Aim'], ...rows]);
}

function bound({ at, unit }: Verdict, value: number): string {
  return `${at === 'least' ? '≥' : '≤'} ${numberText(value)}${unit}`;
}

function section({ title, how, rows }: Findings): string[] {
  const columns = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = rows.map(({ contender, figures }) => [
    contender,
    ...columns.map((column) => (figures[column] === undefined ? '' : spreadText(figures[column]))),
  ]);
  return [`## ${title}`, '', how, '', ...table([['', ...columns], ...lines]), ''];
}

/** First column to the left, figures to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head ?? []), rule, ...body.map(line)];
}
