import type { Clock } from '#lib/kernel';

/** Long enough that a lasting trouble costs little, short enough that a repaired system is noticed. */
const PAUSE_MS = 10 * 60_000;
/** Exceptions kept; beyond it the oldest is forgotten, which costs a batch that fails once more. */
const MOST = 10_000;

/** Services and accounts whose reads are sent one by one for a while, because batches do not work for them. */
export class BatchExceptions {
  private readonly until = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** @param account null: the whole service */
  except(service: string, account: string | null): void {
    const key = keyOf(service, account);
    this.until.delete(key);
    const oldest = this.until.size >= MOST ? this.until.keys().next().value : undefined;
    if (oldest !== undefined) this.until.delete(oldest);
    this.until.set(key, this.clock.now() + PAUSE_MS);
  }

  covers(service: string, account: string): boolean {
    return this.isExcepted(keyOf(service, null)) || this.isExcepted(keyOf(service, account));
  }

  private isExcepted(key: string): boolean {
    const until = this.until.get(key);
    if (until === undefined) return false;
    if (until > this.clock.now()) return true;
    this.until.delete(key);
    return false;
  }
}

function keyOf(service: string, account: string | null): string {
  return JSON.stringify([service, account]);
}
