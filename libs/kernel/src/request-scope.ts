import type { ErrorCode } from './app-error.js';
import type { Language } from './language.js';
import type { Principal } from './principal.js';
import type { Omission, Reading, ReadState } from './reading.js';
import type { Instant } from './time.js';

/** What became of one read of this request; the answer's `extensions.sources` and `subsidiaries` are made of these. */
export interface ReadUse {
  readonly operation: string;
  readonly subsidiary: string;
  readonly system: string;
  /** Whether it read a customer's own data; public data say nothing about a customer's part. */
  readonly personal: boolean;
  /** Null when the read failed. */
  readonly state: ReadState | null;
  readonly asOf: Instant | null;
  /** Clock time in milliseconds until which the value counts as fresh; absent where it may not be kept, or is none. */
  readonly freshUntil?: number;
  /** How long this request waited for it. */
  readonly milliseconds: number;
  readonly omissions: readonly Omission[];
  readonly failure: { readonly code: ErrorCode; readonly retryAfterSeconds?: number } | null;
}

/** What belongs to one request of one caller: who asks, in which language, how long to wait, and what was read. */
export class RequestScope {
  /** Reads of this request by key: one answer never shows two versions of the same thing. */
  readonly reads = new Map<string, Promise<Reading<unknown>>>();
  /** What must be done before reads of this request can begin, by name. */
  readonly steps = new Map<string, Promise<unknown>>();
  /** Finished reads, in the order in which they ended. */
  readonly uses: ReadUse[] = [];
  private acting: Principal;

  constructor(
    /** Who calls, exactly as the credentials said. */
    readonly caller: Principal,
    readonly language: Language,
    /** Clock time in milliseconds until which the answer waits for legacy systems. */
    readonly waitUntil: number,
    /** Aborted when the client has gone. */
    readonly signal: AbortSignal,
    /** Network address of the caller, for limits on what anyone may do; never logged or kept. Null where none is known. */
    readonly address: string | null = null,
  ) {
    this.acting = caller;
  }

  /** Who acts: the caller, with what this request has changed about them. */
  get principal(): Principal {
    return this.acting;
  }

  /** A change made by this very request, e.g. a mandate it opens: from here on the caller acts as `principal`. */
  become(principal: Principal): void {
    this.acting = principal;
  }
}
