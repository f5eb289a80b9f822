import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.js';
import type { Control } from './house/control.js';
import type { Redis } from './house/redis.js';

/** How long something fails, and how long all is well before the next. */
const FAILING_MS = 6_000;
const WELL_MS = 9_000;
/** So long after a fault its traces may show: breakers stay open for 10 s, reads under way for 10 more. */
const TRACES_MS = 20_000;

const SYSTEMS = ['sap-umc', 'tenancy', 'fare-shop', 'till'] as const;
const FAULTS = [
  { kind: 'latency', milliseconds: 1_500 },
  { kind: 'hang' },
  { kind: 'reset' },
  { kind: 'garbage' },
  { kind: '500' },
  { kind: 'cut', after: 'half-answer' },
] as const;

/** Makes legacy systems and Redis fail, one after the other, with time to recover between. */
export class Disturbances {
  /** What was done, by name. */
  readonly done = new Map<string, number>();
  private lastFault = -Infinity;
  private fault = false;

  constructor(
    private readonly control: Control,
    private readonly redis: Redis | null,
    private readonly chance: Chance,
  ) {}

  /** Whether a system fails now, or did so shortly before that moment (`performance.now()`). */
  failing = (since: number): boolean => this.fault || since < this.lastFault + TRACES_MS;

  /** What fails now, for the eye. */
  present = '';

  async run(signal: AbortSignal): Promise<void> {
    for (let turn = 0; !signal.aborted; turn += 1) {
      await sleep(WELL_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      if (turn % 2 === 1 && this.redis !== null) await this.freeze(this.redis, signal);
      else await this.strike(signal);
    }
  }

  /** Redis is nobody's excuse: no error is expected while it stands still. */
  private async freeze(redis: Redis, signal: AbortSignal): Promise<void> {
    this.note('Redis steht still');
    redis.freeze();
    await sleep(FAILING_MS, undefined, { signal }).catch(() => undefined);
    redis.thaw();
    this.present = '';
  }

  private async strike(signal: AbortSignal): Promise<void> {
    const [system, fault] = [this.chance.pick(SYSTEMS), this.chance.pick(FAULTS)];
    this.note(`${system}: ${fault.kind}`);
    this.fault = true;
    await this.control.ask('POST', '/faults', { ...fault, system });
    await sleep(FAILING_MS, undefined, { signal }).catch(() => undefined);
    await this.control.ask('DELETE', '/faults');
    this.lastFault = performance.now();
    this.fault = false;
    this.present = '';
  }

  private note(what: string): void {
    this.present = what;
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }
}
