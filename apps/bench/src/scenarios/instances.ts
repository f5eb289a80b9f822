import { questionFor, type Contender } from '../house/contender.js';
import type { Member } from '../house/crowd.js';
import type { RawAnswer } from '../load/read-answer.js';
import { closedLoop, type Question } from '../load/run-load.js';
import { spreadOf } from '../report/spread.js';
import { askAgain, CONNECTIONS } from './dashboards.js';
import { CPU, interleave, PER_SECOND, sample } from './sample.js';
import type { Bench, Scenario } from './scenario.js';

const CUSTOMERS = 20;
const WARM_UP_MS = 3_000;

/** Whether two instances answer more than one. */
export const instances: Scenario = {
  name: 'instances',
  describe: 'eine Instanz und zwei, warm',
  async run(bench) {
    const { contenders, crowd, seconds } = bench;
    const first = await contenders.oursExecuting();
    const second = await contenders.oursSecond();
    const members = await crowd.take(CUSTOMERS);
    for (const instance of [first, second]) {
      await instance.meet(members);
      await askAgain(bench, instance, members, { milliseconds: WARM_UP_MS });
    }
    const taken = await interleave(bench.rounds, ['1 instance', '2 instances'], (name, round) => {
      bench.tell(`instances: round ${round + 1}, ${name}`);
      return name === '1 instance'
        ? askAgain(bench, first, members)
        : askBoth(bench, [first, second], members, seconds);
    });
    return {
      scenario: 'instances',
      title: 'From one instance to two',
      how:
        `Warm dashboards, the ${CONNECTIONS} clients shared among the instances. Two instances and the load generator want ` +
        'three cores; with fewer the throughput says little and the processor time per request is what counts.',
      rows: [...taken].map(([contender, samples]) => ({
        contender,
        figures: {
          [PER_SECOND]: spreadOf(samples.map(({ perSecond }) => perSecond)),
          [CPU]: spreadOf(samples.map(({ cpuMs }) => cpuMs)),
        },
      })),
      verdicts: [],
    };
  },
};

function askBoth(
  bench: Bench,
  [first, second]: readonly [Contender, Contender],
  members: readonly Member[],
  seconds: number,
) {
  const loadOf = (contender: Contender) => {
    const questions = members.map((member) => questionFor(contender, bench.dashboard, member));
    return {
      port: contender.front.port,
      ask: (index: number) => questions[index % questions.length],
      take: ({ key }: Question, answer: RawAnswer) =>
        bench.answers.check(contender.name, `${key} ${bench.dashboard.length}`, answer),
    };
  };
  const both = { ...first, behind: [second.front] };
  return sample(both, async () => {
    const halves = await Promise.all(
      [first, second].map((each) => closedLoop(loadOf(each), CONNECTIONS / 2, seconds * 1_000)),
    );
    const latencies = halves.flatMap((half) => half.latencies).toSorted((left, right) => left - right);
    const longest = Math.max(...halves.map((half) => half.seconds));
    return { answered: latencies.length, seconds: longest, latencies };
  });
}
