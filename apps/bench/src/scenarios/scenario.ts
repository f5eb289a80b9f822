import type { Contenders } from '../house/contenders.js';
import type { Crowd } from '../house/crowd.js';
import type { House } from '../house/house.js';
import type { Answers } from '../load/answers.js';
import type { Findings } from '../report/findings.js';

/** What every scenario works with. */
export interface Bench {
  readonly house: House;
  readonly contenders: Contenders;
  readonly crowd: Crowd;
  readonly answers: Answers;
  /** The customer's dashboard, the same question to everyone. */
  readonly dashboard: string;
  readonly rounds: number;
  /** How long one contender is measured in one round. */
  readonly seconds: number;
  /** A Redis server to fill, if there is one. */
  readonly redisUrl: string | undefined;
  /** Customers in the database in the scenario of growth. */
  readonly population: number;
  /** Tells on standard error how far it is. */
  readonly tell: (line: string) => void;
}

/** One thing that is measured. Contenders are started by the first scenario that needs them. */
export interface Scenario {
  readonly name: string;
  /** One sentence for --help. */
  readonly describe: string;
  /** @throws WrongAnswer when a contender answers anything but what it should; nothing when it cannot be run here */
  readonly run: (bench: Bench) => Promise<Findings | undefined>;
}
