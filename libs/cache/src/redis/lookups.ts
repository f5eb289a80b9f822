import type { RedisLink } from './redis-link.js';

/** Names asked for in one command. */
const MOST_AT_ONCE = 64;
/** Lookups that may wait for an answer; more are not begun. */
const MOST_WAITING = 2_000;

/** A value's bytes; null where there is none, undefined where Redis did not say. */
type Found = Buffer | null | undefined;

interface Waiter {
  readonly found: Promise<Found>;
  readonly tell: (bytes: Found) => void;
}

/** Lookups of one tick as one command (MGET), the same name once. */
export class Lookups {
  private collecting = new Map<string, Waiter>();
  private waiting = 0;

  constructor(private readonly link: Pick<RedisLink, 'ask'>) {}

  find(name: string): Promise<Found> {
    const known = this.collecting.get(name);
    if (known) return known.found;
    if (this.waiting >= MOST_WAITING) return Promise.resolve(undefined);
    // A step after the promises that are ready now: whatever they ask for comes along.
    if (this.collecting.size === 0) void Promise.resolve().then(() => process.nextTick(() => this.send()));
    let tell: Waiter['tell'] = () => undefined;
    const found = new Promise<Found>((resolve) => {
      tell = resolve;
    });
    this.collecting.set(name, { found, tell });
    this.waiting += 1;
    return found;
  }

  private send(): void {
    const waiters = [...this.collecting];
    this.collecting = new Map();
    for (let at = 0; at < waiters.length; at += MOST_AT_ONCE) void this.ask(waiters.slice(at, at + MOST_AT_ONCE));
  }

  private async ask(waiters: readonly (readonly [string, Waiter])[]): Promise<void> {
    const names = waiters.map(([name]) => name);
    const answer = await this.link.ask((client) => client.mgetBuffer(names));
    this.waiting -= waiters.length;
    // All in one go, so that the reads that go on start in one tick again.
    for (const [index, [, { tell }]] of waiters.entries()) tell(answer?.[index]);
  }
}
