/** Where the effect of a command takes place, and for whom. */
export interface WriteTarget {
  /** Key of the subsidiary. */
  readonly subsidiary: string;
  /** Name of the legacy system. */
  readonly system: string;
  /** The customer's number in the subsidiary. */
  readonly account: string;
  /** The attempt's; aborts the call. */
  readonly signal: AbortSignal;
}
