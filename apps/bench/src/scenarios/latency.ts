import type { Contender } from '../house/contender.js';
import type { Member } from '../house/crowd.js';
import { ratiosOf, spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askAtRate, askEachOnce } from './dashboards.js';
import { figuresOf, interleave, rowsOf, type Sample } from './sample.js';
import type { Scenario } from './scenario.js';

/** Every call of a legacy system takes so much longer. */
const LATENESS = [
  { system: 'till', milliseconds: 20 },
  { system: 'fare-shop', milliseconds: 40 },
  { system: 'tenancy', milliseconds: 60 },
  { system: 'sap-umc', milliseconds: 80 },
] as const;
/** The slowest of them, asked by hand and alone. */
const SLOWEST = '/part/energy';
const PER_SECOND = 25;
/** Requests of one round: of fewer a p99 says nothing. */
const A_ROUND = 150;
const WARM_UP = 250;

const MEDIAN: Target = { what: 'p50 over the slowest subsidiary', at: 'most', floor: 1.1, aim: 1.04, unit: '×' };
const TAIL: Target = { what: 'p99 over the slowest subsidiary', at: 'most', floor: 1.2, aim: 1.12, unit: '×' };

/** What the gateway adds to the slowest of the systems that it waits for. */
export const latency: Scenario = {
  name: 'latency',
  describe: 'Altsysteme brauchen 20, 40, 60 und 80 ms: was der Gateway der langsamsten hinzufügt',
  async run(bench) {
    const { contenders, crowd, house, rounds } = bench;
    const ours = await contenders.ours();
    const byHand = await contenders.byHand();
    const slowest: Contender = { ...byHand, name: 'the slowest subsidiary alone' };
    const all = [ours, slowest, byHand, await contenders.apollo()];
    // The slowest subsidiary is asked of the same program as the whole by hand, which keeps nothing.
    const members = await crowd.take(WARM_UP + rounds * A_ROUND);
    for (const contender of all) await contender.meet(members);
    for (const contender of all) await askEachOnce(bench, contender, members.slice(0, WARM_UP));
    const part = (round: number): readonly Member[] => members.slice(WARM_UP + round * A_ROUND).slice(0, A_ROUND);
    await house.control.slowDown(LATENESS);
    try {
      const taken = await interleave(rounds, all, (contender, round): Promise<Sample> => {
        bench.tell(`latency: round ${round + 1}, ${contender.name}`);
        return askAtRate(bench, contender, part(round), PER_SECOND, contender === slowest ? SLOWEST : undefined);
      });
      const ratios = (key: 'p50Ms' | 'p99Ms'): readonly number[] =>
        ratiosOf(figuresOf(taken, ours, key), figuresOf(taken, slowest, key));
      return {
        scenario: 'latency',
        title: 'Added latency: 20, 40, 60 and 80 ms behind',
        how:
          `Till, fare shop, tenancy and SAP are 20, 40, 60 and 80 ms late. ${PER_SECOND} cold dashboards a second, each of ` +
          'another customer, timed from when they were due. The slowest subsidiary alone: its calls by hand, same load.',
        drawn: 'p50 ms',
        rows: rowsOf(taken),
        verdicts: [judge(MEDIAN, spreadOf(ratios('p50Ms'))), judge(TAIL, spreadOf(ratios('p99Ms')))],
      };
    } finally {
      await house.control.endFaults();
    }
  },
};
