import { percentile } from '../figures.js';
import type { Contender } from '../house/contender.js';
import type { Usage } from '../house/program.js';
import type { LoadResult } from '../load/run-load.js';
import type { Row } from '../report/findings.js';
import { spreadOf } from '../report/spread.js';

/** What one contender did in one round. */
export interface Sample {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of all its own processes for one request. */
  readonly cpuMs: number;
  /** Of the process that clients ask. */
  readonly frontCpuMs: number;
}

/** Names of the columns that scenarios choose for their picture, or fill themselves. */
export const PER_SECOND = 'requests/s';
export const CPU = 'CPU ms/request';
const COLUMNS: readonly (readonly [string, keyof Sample])[] = [
  [PER_SECOND, 'perSecond'],
  ['p50 ms', 'p50Ms'],
  ['p99 ms', 'p99Ms'],
  [CPU, 'cpuMs'],
  ['of it in front', 'frontCpuMs'],
];

/** Runs a load on a contender and takes what it used meanwhile. */
export async function sample(contender: Contender, load: () => Promise<LoadResult>): Promise<Sample> {
  const before = await usages(contender);
  const { answered, seconds, latencies } = await load();
  const after = await usages(contender);
  const spent = after.map(({ cpuMs }, index) => cpuMs - before[index]!.cpuMs);
  return {
    perSecond: answered / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMs: spent.reduce((sum, each) => sum + each, 0) / answered,
    frontCpuMs: spent[0]! / answered,
  };
}

function usages({ front, behind }: Contender): Promise<Usage[]> {
  return Promise.all([front, ...behind].map(({ program }) => program.usage()));
}

/** Rounds in which every contender has its turn, each time in another order. */
export async function interleave<C, T>(
  rounds: number,
  contenders: readonly C[],
  measure: (contender: C, round: number) => Promise<T>,
): Promise<ReadonlyMap<C, readonly T[]>> {
  const taken = new Map<C, T[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % contenders.length;
    for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      taken.get(contender)!.push(await measure(contender, round));
    }
  }
  return taken;
}

/** The samples of all contenders as lines of a table. */
export function rowsOf(taken: ReadonlyMap<Contender, readonly Sample[]>): readonly Row[] {
  return [...taken].map(([{ name }, samples]) => ({
    contender: name,
    figures: Object.fromEntries(COLUMNS.map(([column, key]) => [column, spreadOf(samples.map((each) => each[key]))])),
  }));
}

/** One figure of a contender, round by round. */
export function figuresOf(
  taken: ReadonlyMap<Contender, readonly Sample[]>,
  contender: Contender,
  key: keyof Sample,
): readonly number[] {
  return (taken.get(contender) ?? []).map((each) => each[key]);
}
