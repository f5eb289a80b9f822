import { Problem } from '../../control/problem.js';
import { readFields } from '../../control/read-orders.js';
import type { World } from '../../world/world.js';
import { MESSAGES } from './return-code.js';

const MOST_ORDERS = 100;
const HIGHEST_COUNT = 1000;

/** A return code that was ordered at the control endpoint. */
export interface OrderedCode {
  readonly code: number;
  /** Null: of any household. */
  readonly household: number | null;
  /** Whether the booking is made all the same. */
  readonly booked: boolean;
  /** How many bookings it will still strike. */
  left: number;
}

/** Return codes that the next deposits and orders get instead of their own. */
export class OrderedCodes {
  private orders: OrderedCode[] = [];

  constructor(private readonly world: World) {}

  /** The code for a booking of that household, which uses it up by one; the newest order counts. */
  take(household: number | null): OrderedCode | undefined {
    const found = this.orders.findLast((order) => order.household === null || order.household === household);
    if (found === undefined) return undefined;
    found.left -= 1;
    this.orders = this.orders.filter(({ left }) => left > 0);
    return found;
  }

  /**
   * `{code, count?, household?, booked?}`.
   * @throws Problem
   */
  order(body: Buffer): readonly object[] {
    const {
      code,
      count = 1,
      household: key,
      booked = false,
    } = readFields(body, ['code', 'count', 'household', 'booked']);
    if (typeof code !== 'number' || !MESSAGES.has(code)) throw new Problem(400, 'code must be one of 1 to 7.');
    if (!Number.isInteger(count) || Number(count) < 1 || Number(count) > HIGHEST_COUNT) {
      throw new Problem(400, `count must be a whole number from 1 to ${HIGHEST_COUNT}.`);
    }
    if (typeof booked !== 'boolean') throw new Problem(400, 'booked must be true or false.');
    const household = key === undefined ? null : this.numberOf(key);
    this.orders = [...this.orders, { code, household, booked, left: Number(count) }].slice(-MOST_ORDERS);
    return this.list();
  }

  list(): readonly object[] {
    return this.orders.map(({ household, ...order }) => ({
      ...order,
      household: household === null ? null : (this.world.household(household)?.key ?? null),
    }));
  }

  clear(): void {
    this.orders = [];
  }

  clearHousehold(household: number): void {
    this.orders = this.orders.filter((order) => order.household !== household);
  }

  private numberOf(key: unknown): number {
    const household = typeof key === 'string' ? this.world.byKey(key) : undefined;
    if (!household) throw new Problem(400, 'household must be a key from /personas or one like h-000123.');
    return household.number;
  }
}
