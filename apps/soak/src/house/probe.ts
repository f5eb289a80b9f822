// Loaded beside a gateway (`node --expose-gc --import`): measures the process from inside when it is asked to.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measurement } from '../measure/measurement.js';

const RESOLUTION_MS = 5;
const NANOSECONDS = 1e6;

const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();

/** The delays since the last time, and what is in use once all garbage is gone. */
function measure(): Measurement {
  const delay = (nanoseconds: number): number => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS);
  const [p50, p99, max] = [delays.percentile(50), delays.percentile(99), delays.max].map(delay) as [
    number,
    number,
    number,
  ];
  // Collecting by force stops the process, which is not to be held against it.
  delays.disable();
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  delays.reset();
  delays.enable();
  return { heapUsed, rss, external, delay: { p50, p99, max } };
}

process.on('message', (message) => {
  if ((message as { soak?: string }).soak === 'measure') process.send?.(measure());
});
// The gateway's own channel must not be what keeps it alive.
process.channel?.unref();
