import { calls } from './calls.js';
import { cold } from './cold.js';
import { growth } from './growth.js';
import { instances } from './instances.js';
import { latency } from './latency.js';
import { memory } from './memory.js';
import { redis } from './redis.js';
import { reused } from './reused.js';
import type { Scenario } from './scenario.js';
import { start } from './start.js';
import { token } from './token.js';
import { warm } from './warm.js';

/** In the order in which they run: growth last, since it leaves the database full. */
export const SCENARIOS: readonly Scenario[] = [
  start,
  calls,
  cold,
  latency,
  memory,
  warm,
  redis,
  reused,
  token,
  instances,
  growth,
];
