import type { Contender } from '../house/contender.js';
import { ratiosOf, spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askAgain } from './dashboards.js';
import { interleave } from './sample.js';
import type { Scenario } from './scenario.js';

const CUSTOMERS = 100;
const MEGABYTE = 1_000_000;
const MOST_MS = 1_500;

const FRONT: Target = {
  what: 'resident memory with caches of 1 MB, against the gateway process of (a)',
  at: 'most',
  floor: 1,
  aim: 0.8,
  unit: '×',
};

/** What the processes hold after the same work. */
export const memory: Scenario = {
  name: 'memory',
  describe: 'wie viel Speicher die Prozesse nach derselben Arbeit halten',
  async run(bench) {
    const { contenders, crowd } = bench;
    const ours = await contenders.ours();
    const apollo = await contenders.apollo();
    const small = await contenders.oursWithoutCache();
    const all = [ours, small, apollo, await contenders.hive()];
    const members = await crowd.take(CUSTOMERS);
    for (const contender of all) await contender.meet(members);
    const taken = await interleave(bench.rounds, all, async (contender, round) => {
      bench.tell(`memory: round ${round + 1}, ${contender.name}`);
      await askAgain(bench, contender, members, { milliseconds: MOST_MS });
      return memoryOf(contender);
    });
    const figures = (contender: Contender, key: 'front' | 'heap' | 'all'): readonly number[] =>
      taken.get(contender)!.map((each) => each[key]);
    return {
      scenario: 'memory',
      title: 'Memory',
      how:
        `After the dashboards of ${CUSTOMERS} customers and whatever ran before, garbage collected. Our caches may hold 64 MiB ` +
        'of what was read and 16 MiB of finished answers by default. (a) and (b) keep no data in front: it is in the ' +
        'caches of their subgraphs, 64 MiB each. So the promise is judged with caches of 1 MB.',
      drawn: 'RSS MB, in front',
      rows: all.map((contender) => ({
        contender: contender.name,
        figures: {
          'RSS MB, in front': spreadOf(figures(contender, 'front')),
          'heap MB, in front': spreadOf(figures(contender, 'heap')),
          'RSS MB, all its processes': spreadOf(figures(contender, 'all')),
        },
      })),
      verdicts: [judge(FRONT, spreadOf(ratiosOf(figures(small, 'front'), figures(apollo, 'front'))))],
    };
  },
};

async function memoryOf({ front, behind }: Contender): Promise<{ front: number; heap: number; all: number }> {
  const used = await Promise.all([front, ...behind].map(({ program }) => program.usage({ tidy: true })));
  return {
    front: used[0]!.rss / MEGABYTE,
    heap: used[0]!.heapUsed / MEGABYTE,
    all: used.reduce((sum, { rss }) => sum + rss, 0) / MEGABYTE,
  };
}
