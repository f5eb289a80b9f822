import type { Count, OperatorDesk } from '#lib/processes';
import { writeMetrics, type Metric } from './prometheus.js';

/** How many processes are open, in which state, and how old the oldest are; which subsidiaries are paused. */
export async function processMetrics(desk: Pick<OperatorDesk, 'counts' | 'pauses'>): Promise<string> {
  const [counts, pauses] = await Promise.all([desk.counts(), desk.pauses()]);
  return writeMetrics([
    gauge(
      'saaltor_processes_open',
      'Processes that are not over, by kind and state.',
      counts.map((count) => sampleOf(count, count.count)),
    ),
    gauge(
      'saaltor_processes_oldest_seconds',
      'Age of the oldest process that is not over, by kind and state.',
      counts.map((count) => sampleOf(count, count.oldestSeconds)),
    ),
    gauge(
      'saaltor_processes_paused',
      'Subsidiaries in which nothing is begun, because an operator has paused them.',
      pauses.map(({ subsidiary }) => ({ labels: { subsidiary }, value: 1 })),
    ),
  ]);
}

function gauge(name: string, help: string, samples: Metric['samples']): Metric {
  return { name, help, type: 'gauge', samples };
}

function sampleOf({ kind, subsidiary, state }: Count, value: number): Metric['samples'][number] {
  return { labels: { kind, subsidiary, state }, value };
}
