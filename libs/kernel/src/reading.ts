import type { Instant } from './time.js';

/** Where a value comes from and how old it is; shown to the client as `source`. */
export interface Source {
  /** Key of the subsidiary, e.g. `ENERGY`. */
  readonly subsidiary: string;
  /** Name of the legacy system, e.g. `sap-umc`. */
  readonly system: string;
  /** When the legacy system said so. */
  readonly asOf: Instant;
  /** True when it is older than the operation's time to live because the system could not be asked. */
  readonly stale: boolean;
}

/** A row the reader had to leave out because the legacy system sent it wrong. It costs that row only. */
export interface Omission {
  /** Place in the legacy answer, e.g. `d.results[1].ContractStartDate`. */
  readonly path: string;
  /** What is wrong there, in English, without the value itself. */
  readonly reason: string;
}

/** What a legacy read gave: the value and the rows it had to leave out. Plain data, so that it can be cached. */
export interface Loaded<T> {
  readonly value: T;
  readonly omissions: readonly Omission[];
  /** When the legacy system itself dates the answer; otherwise the time of the answer counts. */
  readonly asOf?: Instant;
}

/** The result of a read: what was loaded, and from where. */
export interface Reading<T> extends Loaded<T> {
  readonly source: Source;
}

/** How a read was answered: by the legacy system, from the cache, or from the cache because the system failed. */
export type ReadState = 'LIVE' | 'CACHED' | 'STALE';
