import type { Contender } from '../house/contender.js';
import { ratiosOf, spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askAgain } from './dashboards.js';
import { figuresOf, interleave, PER_SECOND, rowsOf } from './sample.js';
import type { Bench, Scenario } from './scenario.js';

const CUSTOMERS = 20;
/** The engine needs thousands of requests until it has compiled what it runs often. */
const WARM_UP_MS = 4_000;

const AGAINST_APOLLO: Target = { what: 'warm, requests/s, against (a)', at: 'least', floor: 15, aim: 25, unit: '×' };

/** The same customers again and again; what they ask for is in memory, and each request is executed all the same. */
export const warm: Scenario = {
  name: 'warm',
  describe: 'dieselben Kunden immer wieder, Angaben im Speicher, jede Anfrage wird ausgeführt',
  async run(bench) {
    const { contenders } = bench;
    const ours = await contenders.oursExecuting();
    const apollo = await contenders.apollo();
    const all = [ours, apollo, await contenders.hive()];
    const taken = await measureWarm(bench, all, 'warm');
    const rateOf = (contender: Contender): readonly number[] => figuresOf(taken, contender, 'perSecond');
    return {
      scenario: 'warm',
      title: 'Warm: data in memory',
      how:
        `${CUSTOMERS} customers again and again, until what they ask for is in the memory caches of our gateway and of the ` +
        'subgraphs behind (a) and (b). Reuse of finished answers is off: each request is parsed, checked and executed.',
      drawn: PER_SECOND,
      rows: rowsOf(taken),
      verdicts: [judge(AGAINST_APOLLO, spreadOf(ratiosOf(rateOf(ours), rateOf(apollo))))],
    };
  },
};

/** The dashboards of a few new customers, until nothing is cold any more, and then in rounds. */
export async function measureWarm(bench: Bench, all: readonly Contender[], name: string) {
  const members = await bench.crowd.take(CUSTOMERS);
  for (const contender of all) {
    await contender.meet(members);
    await askAgain(bench, contender, members, { milliseconds: WARM_UP_MS });
  }
  return interleave(bench.rounds, all, (contender, round) => {
    bench.tell(`${name}: round ${round + 1}, ${contender.name}`);
    return askAgain(bench, contender, members);
  });
}
