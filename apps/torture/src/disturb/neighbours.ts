import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { Control } from '../client/control.js';

const PAUSE_MS = 300;

/** Others who pay with the same value cards and top them up: clerks, turnstiles, relatives. */
export class Neighbours {
  booked = 0;

  constructor(
    private readonly control: Control,
    private readonly chance: Chance,
    private readonly households: readonly string[],
  ) {}

  /** Books now and then until the signal. */
  async bookUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.households.length > 0) {
      const sign = this.chance.happens(50) ? '-' : '';
      const amount = `${sign}${(this.chance.between(500, 2_500) / 100).toFixed(2)}`;
      const booking = { household: this.chance.pick(this.households), amount };
      // A card holds no less than nothing, and no more than the till allows.
      await this.control.ask('POST', '/foreign-bookings', booking).then(
        () => (this.booked += 1),
        () => undefined,
      );
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
