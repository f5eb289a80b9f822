import { questionFor } from '../house/contender.js';
import { writeRequest } from '../load/request.js';
import { closedLoop } from '../load/run-load.js';
import { spreadOf } from '../report/spread.js';
import { judge, type Target } from '../report/verdict.js';
import { askAgain, CONNECTIONS } from './dashboards.js';
import { interleave, sample } from './sample.js';
import type { Scenario } from './scenario.js';

/** Needs nothing of anyone, so that what a token costs stands out. */
const QUESTION = '{ viewer { language } }';
const WARM_UP_MS = 3_000;

const SHARE: Target = { what: 'token check, of a warm request', at: 'most', floor: 8, aim: 3, unit: ' %' };

/** What the check of a known token costs: the same small question with a token and without. */
export const token: Scenario = {
  name: 'token',
  describe: 'was die Prüfung des Tokens an einer warmen Anfrage ausmacht',
  async run(bench) {
    const { contenders, crowd } = bench;
    const ours = await contenders.oursExecuting();
    const [member] = await crowd.take(1);
    await ours.meet([member!]);
    const { port } = ours.front;
    const requests = {
      with: questionFor(ours, QUESTION, member!),
      without: { key: 'nobody', request: writeRequest({ port, query: QUESTION }) },
    };
    const measure = (kind: keyof typeof requests | 'dashboard', milliseconds = bench.seconds * 1_000) => {
      if (kind === 'dashboard') return askAgain(bench, ours, [member!], { milliseconds });
      const load = {
        port,
        ask: () => requests[kind],
        take: ({ key }: { key: string }, answer: Parameters<typeof bench.answers.check>[2]) =>
          bench.answers.check(ours.name, `${key} ${QUESTION}`, answer),
      };
      return sample(ours, () => closedLoop(load, CONNECTIONS, milliseconds));
    };
    const kinds = ['with', 'without', 'dashboard'] as const;
    for (const kind of kinds) await measure(kind, WARM_UP_MS);
    const taken = await interleave(bench.rounds, kinds, (kind, round) => {
      bench.tell(`token: round ${round + 1}, ${kind}`);
      return measure(kind);
    });
    const cpu = (kind: (typeof kinds)[number]): readonly number[] => taken.get(kind)!.map(({ cpuMs }) => cpuMs);
    const costs = cpu('with').map((cost, round) => cost - cpu('without')[round]!);
    const shares = costs.map((cost, round) => (100 * cost) / cpu('dashboard')[round]!);
    const row = (contender: string, values: readonly number[]) => ({
      contender,
      figures: { 'CPU µs/request': spreadOf(values.map((value) => value * 1_000)) },
    });
    return {
      scenario: 'token',
      title: 'Token check',
      how: 'The same small question with a token that was seen before and without any; the difference is the check.',
      rows: [
        row('small question with a token', cpu('with')),
        row('the same without', cpu('without')),
        row('the check', costs),
        row('warm dashboard', cpu('dashboard')),
      ],
      verdicts: [judge(SHARE, spreadOf(shares))],
    };
  },
};
