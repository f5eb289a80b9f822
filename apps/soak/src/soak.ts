import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from './chance.js';
import { Disturbances } from './disturbances.js';
import { House } from './house/house.js';
import { GraphClient } from './load/graph-client.js';
import { findHouseholds } from './load/households.js';
import { Load } from './load/load.js';
import { Tally } from './load/tally.js';
import { judge, type Sample } from './measure/verdict.js';
import type { SoakOptions } from './options.js';
import { isGood, progressOf, type Report } from './report.js';

/** Customers of a run. */
const HOUSEHOLDS = 150;
const SAMPLE_MS = 10_000;

/**
 * Starts a house, keeps it under mixed load while systems and Redis fail in turn, and measures every gateway.
 * @param say takes a line every ten seconds
 * @throws Error when the house does not start, or a gateway dies or stands still
 */
export async function soak(options: SoakOptions, say: (line: string) => void): Promise<Report> {
  const house = await House.open(options.instances);
  let good = false;
  try {
    const report = await new Run(options, house, say).play();
    good = isGood(report);
    return report;
  } finally {
    if (!good) say(`Protokolle: ${house.folder}`);
    await house.close(good);
  }
}

class Run {
  private readonly chance: Chance;
  private readonly tally = new Tally();
  private readonly disturbances: Disturbances;

  constructor(
    private readonly options: SoakOptions,
    private readonly house: House,
    private readonly say: (line: string) => void,
  ) {
    this.chance = new Chance(options.seed);
    this.disturbances = new Disturbances(house.control, house.redis, new Chance(options.seed + 1));
  }

  async play(): Promise<Report> {
    const { house, options, chance, tally, disturbances } = this;
    const graph = new GraphClient(house.control);
    const gateways = house.gateways.map(({ url }) => url);
    const households = await findHouseholds(HOUSEHOLDS, gateways[0]!, { control: house.control, graph, chance });
    const load = new Load({ gateways, households, graph, chance, tally, failing: disturbances.failing });
    const end = new AbortController();
    const others = [load.run(options.rate, end.signal), disturbances.run(end.signal)];
    let samples: readonly Sample[][];
    try {
      // Whoever fails ends the run.
      samples = await Promise.race([this.watch(), Promise.all(others).then(() => Promise.reject(new Error('ended')))]);
    } finally {
      end.abort();
    }
    await Promise.all(others);
    return this.report(samples, load.left);
  }

  /** Measures until the time is over. @returns the samples of each gateway */
  private async watch(): Promise<readonly Sample[][]> {
    const samples: Sample[][] = this.house.gateways.map(() => []);
    const begun = performance.now();
    for (let tick = 1; tick * SAMPLE_MS <= this.options.minutes * 60_000; tick += 1) {
      await sleep(Math.max(0, begun + tick * SAMPLE_MS - performance.now()));
      const now = await Promise.all(this.house.gateways.map((gateway) => gateway.measure()));
      const minutes = (performance.now() - begun) / 60_000;
      now.forEach((measurement, index) => samples[index]!.push({ ...measurement, minutes }));
      const latest = samples.map((list) => list.at(-1)!);
      this.say(progressOf(latest, this.tally, this.disturbances.present));
    }
    return samples;
  }

  private report(samples: readonly Sample[][], left: number): Report {
    const { tally, options, house, disturbances } = this;
    return {
      seed: options.seed,
      minutes: options.minutes,
      requests: Object.fromEntries(tally.byKind),
      codes: Object.fromEntries(tally.byCode),
      unexpected: Object.fromEntries(tally.unexpected),
      left,
      disturbances: Object.fromEntries(disturbances.done),
      redis: house.redis !== null,
      gateways: samples.map((list) => judge(list)),
    };
  }
}
