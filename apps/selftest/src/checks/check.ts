import type { Finding } from '../report/finding.js';
import type { Level } from '../report/report.js';
import type { Stage } from '../stage/stage.js';

/** One requirement, and how to see whether a running gateway holds it. */
export interface Check {
  /** Area and name, for machines. */
  readonly id: string;
  readonly requirement: string;
  /** Standard and section. */
  readonly source: string;
  readonly level: Level;
  /** `person`: someone who signs in; `this-machine`: a gateway on this machine. Otherwise it is skipped. */
  readonly needs?: 'person' | 'this-machine';
  /** @throws Error when nothing can be said since the gateway or the provider does not do what comes before */
  run(stage: Stage): Promise<Finding>;
}
