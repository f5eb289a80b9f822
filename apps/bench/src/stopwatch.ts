import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { BenchRun } from '#lib/subsidiary-kit';
import { percentile, type Figures } from './figures.js';

/** Shows how far a measurement is, between 0 and 1. */
export type ShowProgress = (label: string, part: number) => void;

/** So many runs do not count: the engine compiles what it sees often. */
const WARM_UP = 0.1;
const LONGEST_WARM_UP = 200;
const MEGABYTE = 1_000_000;

/** Takes the time of one bench and keeps its figures. */
export class Stopwatch implements BenchRun {
  readonly figures: Figures[] = [];
  private label = '';
  private finished = 0;
  private total = 1;
  private rssPeak = 0;

  constructor(
    private readonly bench: string,
    private readonly show: ShowProgress,
  ) {}

  async each<I, A>(
    label: string,
    inputs: readonly I[],
    task: (input: I) => A | Promise<A>,
    check: (input: I, answer: A) => boolean,
  ): Promise<void> {
    if (inputs.length === 0) throw new RangeError(`nothing to measure: ${label}`);
    const warmUp = inputs.slice(0, Math.min(LONGEST_WARM_UP, Math.floor(inputs.length * WARM_UP)));
    Object.assign(this, { label, finished: 0, total: warmUp.length + inputs.length, rssPeak: 0 });
    const rssBefore = this.sampleRss();
    const durations: number[] = [];
    for (const [index, input] of [...warmUp, ...inputs].entries()) {
      const begun = performance.now();
      const answer = await task(input);
      const duration = performance.now() - begun;
      this.sampleRss();
      if (!check(input, answer)) throw new Error(`${label}: the answer to input ${index} is wrong`);
      if (index >= warmUp.length) durations.push(duration);
      this.finished += 1;
      this.progress(0);
      if (index % 100 === 0) await setImmediate();
    }
    this.keep(durations, rssBefore);
  }

  progress(part: number): void {
    this.sampleRss();
    this.show(this.label, (this.finished + part) / this.total);
  }

  private sampleRss(): number {
    const rss = process.memoryUsage.rss();
    this.rssPeak = Math.max(this.rssPeak, rss);
    return rss;
  }

  private keep(durations: readonly number[], rssBefore: number): void {
    const sorted = durations.toSorted((left, right) => left - right);
    this.figures.push({
      bench: this.bench,
      label: this.label,
      runs: sorted.length,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      longestMs: percentile(sorted, 1),
      rssBeforeMb: rssBefore / MEGABYTE,
      rssPeakMb: this.rssPeak / MEGABYTE,
    });
  }
}
