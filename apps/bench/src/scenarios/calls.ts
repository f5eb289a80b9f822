import { questionFor, type Contender } from '../house/contender.js';
import type { Member } from '../house/crowd.js';
import { closedLoop } from '../load/run-load.js';
import { ratiosOf, spreadOf, type Spread } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { interleave } from './sample.js';
import type { Bench, Scenario } from './scenario.js';

/** Requests at once. */
const MANY = 50;

const IDENTICAL: Target = {
  what: `legacy calls of ${MANY} identical requests at once, over one`,
  at: 'most',
  floor: 2,
  aim: 1,
  unit: '×',
};
const WARM: Target = { what: `legacy calls of ${MANY} more of them`, at: 'most', floor: 0, aim: 0, unit: '' };

interface Calls {
  readonly one: number;
  readonly identical: number;
  readonly again: number;
  readonly different: number;
}

/** How many calls reach the legacy systems. */
export const calls: Scenario = {
  name: 'calls',
  describe: `Aufrufe der Altsysteme bei ${MANY} gleichen und ${MANY} verschiedenen Anfragen zugleich`,
  async run(bench) {
    const { contenders, rounds } = bench;
    const ours = await contenders.ours();
    const all = [ours, await contenders.apollo(), await contenders.hive(), await contenders.byHand()];
    const taken = await interleave(rounds, all, (contender, round) => {
      bench.tell(`calls: round ${round + 1}, ${contender.name}`);
      return countCalls(bench, contender);
    });
    const spread = (contender: Contender, key: keyof Calls): Spread =>
      spreadOf(taken.get(contender)!.map((each) => each[key]));
    const figures = (key: keyof Calls): readonly number[] => taken.get(ours)!.map((each) => each[key]);
    return {
      scenario: 'calls',
      title: 'Calls that reach the legacy systems',
      how:
        `Cold customers: one request; ${MANY} identical ones at once; the same ${MANY} once more; ${MANY} of different ` +
        'customers at once. Counted where they arrive.',
      drawn: `${MANY} identical`,
      rows: all.map((contender) => ({
        contender: contender.name,
        figures: {
          'one request': spread(contender, 'one'),
          [`${MANY} identical`]: spread(contender, 'identical'),
          'once more': spread(contender, 'again'),
          [`${MANY} different`]: spread(contender, 'different'),
        },
      })),
      verdicts: [
        judge(IDENTICAL, spreadOf(ratiosOf(figures('identical'), figures('one')))),
        judge(WARM, spreadOf(figures('again'))),
      ],
    };
  },
};

async function countCalls(bench: Bench, contender: Contender): Promise<Calls> {
  const members = await bench.crowd.take(MANY + 3);
  await contender.meet(members);
  const [first, single, shared, ...different] = members as [Member, Member, Member, ...Member[]];
  const count = async (asked: readonly Member[]): Promise<number> => {
    const before = await bench.house.legacyCalls();
    await askAtOnce(bench, contender, asked);
    return (await bench.house.legacyCalls()) - before;
  };
  // Sessions with the legacy systems are opened by the first request of all, and counted for nobody.
  await count([first]);
  const same = Array.from({ length: MANY }, () => shared);
  return {
    one: await count([single]),
    identical: await count(same),
    again: await count(same),
    different: await count(different),
  };
}

async function askAtOnce(bench: Bench, contender: Contender, members: readonly Member[]): Promise<void> {
  await closedLoop(
    {
      port: contender.front.port,
      ask: (index) => {
        const member = members[index];
        return member && questionFor(contender, bench.dashboard, member);
      },
      take: ({ key }, answer) => bench.answers.check(contender.name, `${key} ${bench.dashboard.length}`, answer),
    },
    members.length,
  );
}
