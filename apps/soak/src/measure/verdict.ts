import type { Measurement } from './measurement.js';

/** Growth of the heap that counts as flat, in megabytes a minute. */
export const FLAT_MB_PER_MINUTE = 1;
const MEGABYTE = 1e6;

/** A measurement at a time of the run. */
export interface Sample extends Measurement {
  readonly minutes: number;
}

/** What became of one gateway. */
export interface GatewayVerdict {
  /** Growth of the used heap over the last two thirds of the run, in megabytes a minute. */
  readonly slope: number;
  readonly flat: boolean;
  readonly heapMb: number;
  readonly rssMb: number;
  /** The longest delay, and the highest 99th percentile of ten seconds, in milliseconds. */
  readonly longestDelay: number;
  readonly worstP99: number;
}

/** @throws RangeError when there are too few samples to tell anything */
export function judge(samples: readonly Sample[]): GatewayVerdict {
  const end = samples.at(-1)?.minutes ?? 0;
  const settled = samples.filter(({ minutes }) => minutes >= end / 3);
  if (settled.length < 3) throw new RangeError('too few samples');
  const slope = slopeOf(settled.map(({ minutes, heapUsed }) => [minutes, heapUsed / MEGABYTE]));
  const last = samples.at(-1)!;
  return {
    slope,
    flat: slope <= FLAT_MB_PER_MINUTE,
    heapMb: last.heapUsed / MEGABYTE,
    rssMb: last.rss / MEGABYTE,
    longestDelay: Math.max(...samples.map(({ delay }) => delay.max)),
    worstP99: Math.max(...samples.map(({ delay }) => delay.p99)),
  };
}

/** Of the straight line that fits best (least squares). */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const up = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const along = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return up / along;
}
