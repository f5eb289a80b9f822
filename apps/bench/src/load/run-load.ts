import { setTimeout as sleep } from 'node:timers/promises';
import type { RawAnswer } from './read-answer.js';
import { Wire } from './wire.js';

/** One question as it is asked. */
export interface Question {
  /** Name by which answers are compared. */
  readonly key: string;
  readonly request: Buffer;
}

/** What happened under a load. */
export interface LoadResult {
  readonly answered: number;
  readonly seconds: number;
  /** Milliseconds of each request, ascending. */
  readonly latencies: readonly number[];
}

export interface Load {
  readonly port: number;
  /** The question number `index` of this load; undefined ends it. */
  readonly ask: (index: number) => Question | undefined;
  /** Called with every answer, in the order in which they come. */
  readonly take: (question: Question, answer: RawAnswer) => void;
}

/** As many requests as `connections` can have answered, each asking again as soon as it is answered. */
export async function closedLoop(load: Load, connections: number, milliseconds = Infinity): Promise<LoadResult> {
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    const wire = new Wire(load.port);
    try {
      for (let now = begun; now - begun < milliseconds;) {
        const question = load.ask(next);
        next += 1;
        if (question === undefined) return;
        const asked = performance.now();
        const answer = await wire.ask(question.request);
        now = performance.now();
        latencies.push(now - asked);
        load.take(question, answer);
      }
    } finally {
      wire.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return resultOf(latencies, begun);
}

/**
 * Requests at a fixed rate, whether or not earlier ones are answered. Each is timed from the moment at which it was due,
 * so that a server that stands still cannot hide it.
 */
export async function fixedRate(load: Load, perSecond: number): Promise<LoadResult> {
  const latencies: number[] = [];
  const idle: Wire[] = [];
  const under: Promise<void>[] = [];
  const begun = performance.now();
  for (let index = 0; ; index += 1) {
    const question = load.ask(index);
    if (question === undefined) break;
    const due = begun + (index * 1_000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const wire = idle.pop() ?? new Wire(load.port);
    under.push(
      wire.ask(question.request).then((answer) => {
        latencies.push(performance.now() - due);
        idle.push(wire);
        load.take(question, answer);
      }),
    );
  }
  await Promise.all(under);
  for (const wire of idle) wire.close();
  return resultOf(latencies, begun);
}

function resultOf(latencies: readonly number[], begun: number): LoadResult {
  const seconds = (performance.now() - begun) / 1_000;
  return { answered: latencies.length, seconds, latencies: latencies.toSorted((left, right) => left - right) };
}
