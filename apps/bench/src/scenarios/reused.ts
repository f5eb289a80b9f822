import { questionFor } from '../house/contender.js';
import { Wire } from '../load/wire.js';
import { ratiosOf, spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askAgain } from './dashboards.js';
import { figuresOf, interleave, PER_SECOND, rowsOf } from './sample.js';
import type { Scenario } from './scenario.js';

const WARM_UP_MS = 3_000;

const AGAINST_BARE: Target = {
  what: 'reused, requests per CPU second, against (d)',
  at: 'least',
  floor: 0.4,
  aim: 0.55,
  unit: '×',
};

/** One customer's same question: the finished answer is used again, after the token was checked. */
export const reused: Scenario = {
  name: 'reused',
  describe: 'dieselbe Frage desselben Kunden: die fertige Antwort wird wiederverwendet',
  async run(bench) {
    const { contenders, crowd } = bench;
    const ours = await contenders.ours();
    const [member] = await crowd.take(1);
    await ours.meet([member!]);
    await askAgain(bench, ours, [member!], { milliseconds: WARM_UP_MS });
    const wire = new Wire(ours.front.port);
    const { body } = await wire.ask(questionFor(ours, bench.dashboard, member!).request);
    wire.close();
    const bare = await contenders.bare(Buffer.from(body));
    await askAgain(bench, bare, [member!], { milliseconds: WARM_UP_MS });
    const taken = await interleave(bench.rounds, [ours, bare], (contender, round) => {
      bench.tell(`reused: round ${round + 1}, ${contender.name}`);
      return askAgain(bench, contender, [member!]);
    });
    const costs = [ours, bare].map((contender) => figuresOf(taken, contender, 'cpuMs'));
    return {
      scenario: 'reused',
      title: 'Reused: the same question again',
      how:
        `One customer asks the same again and again. Our gateway checks the token and the rights each time; (d) answers ` +
        `with the same ${body.length.toLocaleString('en-US')} bytes and checks nothing. Both are one process. Judged by processor time: the load ` +
        "generator is slower than (d), whose throughput is therefore the generator's.",
      drawn: PER_SECOND,
      rows: rowsOf(taken),
      verdicts: [judge(AGAINST_BARE, spreadOf(ratiosOf(costs[1]!, costs[0]!)))],
    };
  },
};
