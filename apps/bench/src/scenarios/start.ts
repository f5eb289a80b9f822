import { APOLLO, BY_HAND, HIVE, OURS } from '../house/contenders.js';
import type { Server } from '../house/house.js';
import { spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { interleave } from './sample.js';
import type { Scenario } from './scenario.js';

const START: Target = { what: 'start', at: 'most', floor: 2, aim: 1, unit: ' s' };

/** From the start of the process until it takes requests. */
export const start: Scenario = {
  name: 'start',
  describe: 'wie lange ein Start dauert',
  async run(bench) {
    const { house, contenders, rounds } = bench;
    // The tables are made by the first start of all, and nobody's code is read from disk for the first time.
    await contenders.apollo();
    await contenders.hive();
    const starts: Readonly<Record<string, () => Promise<Server>>> = {
      [OURS]: () => house.startWhole('gateway'),
      [`${OURS}, one subgraph`]: () => house.startApp('subgraph', ['pools']),
      [APOLLO]: () => contenders.startFront(APOLLO),
      [HIVE]: () => contenders.startFront(HIVE),
    };
    const taken = await interleave(rounds, Object.keys(starts), async (name, round) => {
      bench.tell(`start: round ${round + 1}, ${name}`);
      const server = await starts[name]!();
      await house.stop(server);
      return server.startMs / 1_000;
    });
    return {
      scenario: 'start',
      title: 'Start',
      how: `From the start of the process until it takes requests, on a database that has its tables. Our gateway with all its feeds; (a) and (b) without the subgraphs behind them, which start before. ${BY_HAND} needs no more than Node.`,
      drawn: 'seconds',
      rows: [...taken].map(([contender, seconds]) => ({ contender, figures: { seconds: spreadOf(seconds) } })),
      verdicts: [judge(START, spreadOf(taken.get(OURS)!))],
    };
  },
};
