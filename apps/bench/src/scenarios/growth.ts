import { Population } from '../house/population.js';
import { spreadOf } from '../report/spread.js';
import { askEachOnce } from './dashboards.js';
import { CPU, type Sample } from './sample.js';
import type { Bench, Scenario } from './scenario.js';

const WARM_UP = 50;
const A_ROUND = 60;

/** Whether a customer costs more where there are many. */
export const growth: Scenario = {
  name: 'growth',
  describe: 'kalte Anfragen mit wenigen und mit vielen Kunden in der Datenbank',
  async run(bench) {
    const { house, population } = bench;
    const people = await Population.open(house.databaseUrl);
    try {
      await (await bench.contenders.ours()).meet(await bench.crowd.take(1));
      const few = await people.count();
      const before = await measure(bench, `with ${few} customers`);
      bench.tell(`growth: ${population} more customers`);
      await people.add(population);
      const many = await people.count();
      const after = await measure(bench, `with ${many} customers`);
      const row = (contender: string, samples: readonly Sample[]) => ({
        contender,
        figures: {
          'p50 ms': spreadOf(samples.map(({ p50Ms }) => p50Ms)),
          'p99 ms': spreadOf(samples.map(({ p99Ms }) => p99Ms)),
          [CPU]: spreadOf(samples.map(({ cpuMs }) => cpuMs)),
        },
      });
      return {
        scenario: 'growth',
        title: 'From few customers to many',
        how:
          `${A_ROUND} customers a round, each for the first time: token, rights and data are all cold. The others are only ` +
          'in the database, each with four links and ten consents.',
        rows: [
          row(`${few.toLocaleString('en-US')} customers`, before),
          row(`${many.toLocaleString('en-US')} customers`, after),
        ],
        verdicts: [],
      };
    } finally {
      await people.close();
    }
  },
};

/** Nobody is introduced here: a first sight is what grows with the database, if anything does. */
async function measure(bench: Bench, name: string): Promise<readonly Sample[]> {
  const { crowd, contenders, rounds } = bench;
  const ours = await contenders.ours();
  await askEachOnce(bench, ours, await crowd.take(WARM_UP));
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bench.tell(`growth: round ${round + 1}, ${name}`);
    samples.push(await askEachOnce(bench, ours, await crowd.take(A_ROUND)));
  }
  return samples;
}
