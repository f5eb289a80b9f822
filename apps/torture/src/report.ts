import { VIOLATIONS, type Comparison, type Tally, type ViolationKind } from './compare/compare.js';
import { median, type Takeover } from './compare/takeovers.js';

/** Longest time in which another instance must have taken over; without database nobody can. */
export const TAKEOVER_MS = 5_000;

/** Everything that a run has found out. */
export interface Report {
  readonly seed: number;
  readonly households: number;
  readonly submitted: number;
  readonly comparison: Comparison;
  readonly takeovers: readonly Takeover[];
  readonly kills: number;
  /** Steps in whose middle an instance died. */
  readonly diedAt: readonly string[];
  readonly zombies: number;
  readonly databaseStops: number;
  readonly faults: number;
  readonly foreignBookings: number;
  /** From the first submission to the last outcome. */
  readonly seconds: number;
  /** Disturbances that found nothing to disturb. */
  readonly missed: readonly string[];
  /** What clients were told that they cannot do anything about, by message. */
  readonly complaints: readonly string[];
  /** Folder of the logs, where they were kept. */
  readonly logs: string | null;
}

/** Whether the run has proven what it was to prove. */
export function isGood({ comparison, missed }: Pick<Report, 'comparison' | 'missed'>): boolean {
  return comparison.violations.length === 0 && missed.length === 0;
}

export function countViolations({ violations }: Comparison): Readonly<Record<ViolationKind, number>> {
  const counts = VIOLATIONS.map((kind) => [kind, violations.filter(({ violation }) => violation === kind).length]);
  return Object.fromEntries(counts) as Record<ViolationKind, number>;
}

/** The report as lines for people. */
export function linesOf(report: Report): readonly string[] {
  const { comparison, complaints, missed, logs } = report;
  const violations = countViolations(comparison);
  return [
    ...table(comparison.tallies),
    '',
    `verloren ${violations.lost}, doppelt ${violations.doubled}, andere Verstöße ${comparison.violations.length - violations.lost - violations.doubled}`,
    ...comparison.violations.map(({ violation, kind, of }) => `  ${violation}: ${kind ?? 'ohne Auftrag'} ${of}`),
    ...takeoverLines(report),
    ...disturbanceLines(report),
    ...(complaints.length > 0 ? ['Antworten, mit denen kein Kunde etwas anfangen kann:', ...indent(complaints)] : []),
    ...(missed.length > 0 ? ['Nicht bewiesen, denn diese Störungen fanden nichts zu stören:', ...indent(missed)] : []),
    ...(logs === null ? [] : [`Protokolle in ${logs}`]),
  ];
}

function takeoverLines({ takeovers, seconds, submitted }: Report): readonly string[] {
  const clean = takeovers.filter(({ overOutage }) => !overOutage).map(({ milliseconds }) => milliseconds);
  const late = clean.filter((milliseconds) => milliseconds > TAKEOVER_MS).length;
  const times =
    clean.length === 0 ? 'keine' : `${clean.length}, längstens ${Math.max(...clean)} ms, im Mittel ${median(clean)} ms`;
  const others = takeovers.length - clean.length;
  return [
    `Übernahmen: ${times}${late > 0 ? `, ${late} nach mehr als ${TAKEOVER_MS} ms` : ''}${others > 0 ? `; dazu ${others} über einen Stillstand der Datenbank hinweg` : ''}`,
    `${submitted} Aufträge in ${seconds.toFixed(1)} s: ${(submitted / seconds).toFixed(1)} je Sekunde`,
  ];
}

function disturbanceLines(report: Report): readonly string[] {
  const { kills, diedAt, zombies, databaseStops, faults, foreignBookings, households, seed } = report;
  return [
    `Getötet ${kills}, davon mitten in: ${diedAt.join(', ') || '–'}`,
    `Eingeschlafen und nach der Übernahme aufgewacht ${zombies}, Datenbank angehalten ${databaseStops}, Störungen der Altsysteme ${faults}`,
    `${households} Haushalte, ${foreignBookings} fremde Buchungen auf ihren Karten; --seed ${seed}`,
  ];
}

function table(tallies: readonly Tally[]): readonly string[] {
  const numbers = ({ submitted, done, refused, uncertain, uncertainBooked, withPeople }: Omit<Tally, 'kind'>) =>
    [submitted, done, refused, uncertain, uncertainBooked, withPeople].map(String);
  const sum = (name: keyof Omit<Tally, 'kind'>): number => tallies.reduce((total, each) => total + each[name], 0);
  const all = {
    submitted: sum('submitted'),
    done: sum('done'),
    refused: sum('refused'),
    uncertain: sum('uncertain'),
    uncertainBooked: sum('uncertainBooked'),
    withPeople: sum('withPeople'),
  };
  const rows = [
    ['Auftrag', 'gestellt', 'erledigt', 'abgelehnt', 'unsicher', 'gebucht', 'bei Menschen'],
    ...tallies.map((each) => [each.kind, ...numbers(each)]),
    ['zusammen', ...numbers(all)],
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
