export { type Bench, type BenchRun } from './bench.js';
export { type EntitlementKey, type EntitlementSource } from './entitlement-source.js';
export { type LinkProof } from './link-proof.js';
export { type FormatReader, type Subsidiary } from './subsidiary.js';
