/** What one gateway says of itself; memory in bytes after collecting all garbage, delays in milliseconds. */
export interface Measurement {
  readonly heapUsed: number;
  readonly rss: number;
  /** Held outside the heap for objects in it, such as buffers. */
  readonly external: number;
  /** How late the event loop came to its timers since the last measurement. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
}
