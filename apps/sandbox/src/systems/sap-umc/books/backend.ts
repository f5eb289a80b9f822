import type { World } from '../../../world/world.js';
import type { Ledger } from './ledger.js';

/** What is true of the city, and what was written into this system since. */
export interface Backend {
  readonly world: World;
  readonly ledger: Ledger;
}
