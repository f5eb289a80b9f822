export { type Bench, type BenchRun } from './bench.js';
export { type CardFinder } from './card-finder.js';
export {
  type Attempt,
  type Command,
  type CommandRequest,
  type Dedupe,
  type Effect,
  type PlainData,
} from './command.js';
export { type EntitlementKey, type EntitlementSource } from './entitlement-source.js';
export { type LinkProof } from './link-proof.js';
export { type FormatReader, type Subsidiary } from './subsidiary.js';
