import { randomInt } from 'node:crypto';
import { instantOf, type Clock, type Instant } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { MandateTables } from './mandate.tables.js';
import { hashHandoverCode } from './secret-hash.js';

/** Capital letters and digits without those that look or sound alike: 0 and O, 1, I and L. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;
const SHAPE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);
/** Long enough to walk from the waiting area to the counter. */
const VALID_MS = 10 * 60_000;

/** A code that a customer shows or tells an agent, to be served. */
export interface HandoverCode {
  readonly code: string;
  readonly expiresAt: Instant;
}

/** Handover codes: one per customer, for one use, kept as hash only. */
export class HandoverCodes {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a code in place of an earlier one of that customer.
   * @returns the code, which is known here for the last time
   */
  async issue(customerId: string): Promise<HandoverCode> {
    const now = this.clock.now();
    const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const facts = { code_hash: await hashHandoverCode(code), expires_at: instantOf(now + VALID_MS) };
    await this.store
      .tables<MandateTables>()
      .insertInto('handover_code')
      .values({ customer_id: customerId, ...facts })
      .onConflict((conflict) => conflict.column('customer_id').doUpdateSet(facts))
      .execute();
    return { code, expiresAt: facts.expires_at };
  }

  /** Takes the code. @returns whose it was; null when there is no such code, or it was taken before or is too old */
  async redeem(text: string): Promise<string | null> {
    const code = parseHandoverCode(text);
    if (code === undefined) return null;
    const hash = await hashHandoverCode(code);
    const taken = await this.store
      .tables<MandateTables>()
      .deleteFrom('handover_code')
      .where('code_hash', '=', hash)
      .returning(['customer_id', 'expires_at'])
      .executeTakeFirst();
    if (taken === undefined || taken.expires_at <= instantOf(this.clock.now())) return null;
    return taken.customer_id;
  }
}

/** The code as it was made, from what people type: blanks, hyphens and small letters do not matter. */
export function parseHandoverCode(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  return SHAPE.test(code) ? code : undefined;
}
