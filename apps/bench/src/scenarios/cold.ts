import type { Contender } from '../house/contender.js';
import type { Member } from '../house/crowd.js';
import { ratiosOf, spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askEachOnce } from './dashboards.js';
import { figuresOf, interleave, PER_SECOND, rowsOf } from './sample.js';
import type { Scenario } from './scenario.js';

/** Customers asked for before anything counts: the engine compiles what it sees often. */
const WARM_UP = 250;
/** Customers of each second that is measured. */
const A_SECOND = 80;

const AGAINST_APOLLO: Target = {
  what: 'cold, requests per CPU second, against (a)',
  at: 'least',
  floor: 4,
  aim: 6,
  unit: '×',
};
const AGAINST_HAND: Target = {
  ...AGAINST_APOLLO,
  what: 'cold, requests per CPU second, against (c)',
  floor: 0.35,
  aim: 0.6,
};

/** Each request is another customer's, whose data nobody has in any cache. */
export const cold: Scenario = {
  name: 'cold',
  describe: 'jede Anfrage von einem anderen Kunden, dessen Angaben in keinem Cache stehen',
  async run(bench) {
    const { contenders, crowd, rounds, seconds } = bench;
    const ours = await contenders.ours();
    const apollo = await contenders.apollo();
    const hive = await contenders.hive();
    const byHand = await contenders.byHand();
    const all = [ours, apollo, hive, byHand];
    const perRound = Math.ceil(A_SECOND * seconds);
    const count = WARM_UP + rounds * perRound;
    const members = await crowd.take(2 * count);
    bench.tell(`cold: ${all.length} contenders get to know ${members.length} customers`);
    for (const contender of [ours, apollo, byHand]) await contender.meet(members);
    // Two routers over the same subgraphs, so the second one's customers must be others.
    const part = (contender: Contender, from: number, length: number): readonly Member[] =>
      members.slice(contender === hive ? count : 0).slice(from, from + length);
    for (const contender of all) await askEachOnce(bench, contender, part(contender, 0, WARM_UP));
    const taken = await interleave(rounds, all, (contender: Contender, round) => {
      bench.tell(`cold: round ${round + 1}, ${contender.name}`);
      return askEachOnce(bench, contender, part(contender, WARM_UP + round * perRound, perRound));
    });
    // Not measured: to compare the answers about those others, too.
    await askEachOnce(bench, byHand, members.slice(count));
    const cpuOf = (contender: Contender): readonly number[] => figuresOf(taken, contender, 'cpuMs');
    return {
      scenario: 'cold',
      title: 'Cold: every request another customer',
      how:
        `${perRound} customers a round and contender, whom it has seen (token, rights) and of whose data nothing is in any ` +
        'cache. The sandbox shares the machine with everybody, so the promise is counted in requests per second of the ' +
        "contender's own processor time, all its processes together; the throughput besides holds the sandbox's time, too.",
      drawn: PER_SECOND,
      rows: rowsOf(taken),
      verdicts: [
        judge(AGAINST_APOLLO, spreadOf(ratiosOf(cpuOf(apollo), cpuOf(ours)))),
        judge(AGAINST_HAND, spreadOf(ratiosOf(cpuOf(byHand), cpuOf(ours)))),
      ],
    };
  },
};
