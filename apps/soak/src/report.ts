import type { Sample, GatewayVerdict } from './measure/verdict.js';
import { FLAT_MB_PER_MINUTE } from './measure/verdict.js';
import { KINDS, type Tally } from './load/tally.js';

/** What a run has shown. */
export interface Report {
  readonly seed: number;
  readonly minutes: number;
  readonly requests: Readonly<Record<string, number>>;
  readonly codes: Readonly<Record<string, number>>;
  readonly unexpected: Readonly<Record<string, number>>;
  /** Requests that were not begun, since the house stood still. */
  readonly left: number;
  readonly disturbances: Readonly<Record<string, number>>;
  /** False on a machine without the program. */
  readonly redis: boolean;
  readonly gateways: readonly GatewayVerdict[];
}

export function isGood({ unexpected, left, gateways }: Report): boolean {
  return Object.keys(unexpected).length === 0 && left === 0 && gateways.every(({ flat }) => flat);
}

/** One line for ten seconds of the run. */
export function progressOf(samples: readonly Sample[], tally: Tally, disturbance: string): string {
  const gateways = samples.map(
    ({ heapUsed, rss, delay }) =>
      `Heap ${mb(heapUsed)} RSS ${mb(rss)} Schleife ${[delay.p50, delay.p99, delay.max].map((ms) => ms.toFixed(1)).join('/')} ms`,
  );
  const parts = [
    `${((samples[0]?.minutes ?? 0) * 60).toFixed(0).padStart(5)} s`,
    `${tally.total} Anfragen`,
    `p99 ${tally.takeP99().toFixed(0)} ms`,
    `Fehler ${listOf(tally.byCode)}`,
    ...gateways.map((text, index) => `G${index + 1} ${text}`),
    ...(disturbance === '' ? [] : [`[${disturbance}]`]),
  ];
  return parts.join('  ');
}

export function linesOf(report: Report): readonly string[] {
  const { gateways, requests, codes, unexpected, left, disturbances, redis } = report;
  return [
    `Anfragen: ${KINDS.map((kind) => `${requests[kind] ?? 0} ${kind}`).join(', ')}`,
    `Störungen: ${listOf(Object.entries(disturbances))}${redis ? '' : ' (nicht gelaufen: Redis fehlt auf diesem Rechner)'}`,
    `Antworten mit Fehler oder Ablehnung: ${listOf(Object.entries(codes))}`,
    `Unerwartet: ${listOf(Object.entries(unexpected))}; nicht gestellt: ${left}`,
    ...gateways.map(
      ({ slope, flat, heapMb, rssMb, longestDelay, worstP99 }, index) =>
        `Gateway ${index + 1}: Speicher ${flat ? 'flach' : 'WÄCHST'} (${slope.toFixed(2)} MB/min, erlaubt ${FLAT_MB_PER_MINUTE}; ` +
        `zuletzt Heap ${heapMb.toFixed(1)} MB, RSS ${rssMb.toFixed(0)} MB); Ereignisschleife schlimmstes p99 ` +
        `${worstP99.toFixed(1)} ms, längste Verspätung ${longestDelay.toFixed(1)} ms`,
    ),
    isGood(report) ? 'Bestanden.' : 'NICHT bestanden.',
  ];
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function listOf(counts: Iterable<readonly [string, number]>): string {
  const list = [...counts].map(([name, count]) => `${count} ${name}`);
  return list.length === 0 ? 'keine' : list.join(', ');
}
