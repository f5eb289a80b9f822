import { instantOf, type Clock, type Instant } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { CustomerTables } from '../persistence/tables.js';
import { hashLetterCode, isLetterCode, makeLetterCode, parseLetterCode } from './letter-code.js';

/** Time for the post and for someone who is away for a week. */
const VALID_MS = 14 * 24 * 3_600_000;
const TRIES = 5;

/** What a code in a letter will link. */
export interface CodeOrder {
  readonly customerId: string;
  readonly subsidiary: string;
  readonly account: string;
  readonly expiresAt: Instant;
}

/** Codes under way by letter: one per customer and subsidiary, kept as hash only. */
export class LetterCodes {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** When a code that is made now ceases to be valid. */
  expiry(): Instant {
    return instantOf(this.clock.now() + VALID_MS);
  }

  /**
   * Makes a code, in place of an earlier one of that customer and subsidiary.
   * @returns the code, which is known here for the last time
   */
  async issue({ customerId, subsidiary, account, expiresAt }: CodeOrder): Promise<string> {
    const code = makeLetterCode();
    const facts = { account, code_hash: await hashLetterCode(code), tries: 0, expires_at: expiresAt };
    const tables = this.store.tables<CustomerTables>();
    await tables.deleteFrom('letter_code').where('expires_at', '<=', instantOf(this.clock.now())).execute();
    await tables
      .insertInto('letter_code')
      .values({ customer_id: customerId, subsidiary, ...facts })
      .onConflict((conflict) => conflict.columns(['customer_id', 'subsidiary']).doUpdateSet(facts))
      .execute();
    return code;
  }

  /**
   * The account that the code was sent for; a code is taken once. What cannot be a code costs no try.
   * @throws AppError UPSTREAM_* when the store is out of reach
   */
  async redeem(customerId: string, subsidiary: string, text: string): Promise<string | undefined> {
    const code = parseLetterCode(text);
    const kept = code === undefined ? undefined : await this.takeTry(customerId, subsidiary);
    if (code === undefined || kept === undefined || !(await isLetterCode(code, kept.code_hash))) return undefined;
    // By its hash: whoever comes second with the same code, or after a newer letter, finds nothing to take.
    const taken = await this.store
      .tables<CustomerTables>()
      .deleteFrom('letter_code')
      .where('customer_id', '=', customerId)
      .where('subsidiary', '=', subsidiary)
      .where('code_hash', '=', kept.code_hash)
      .returning('account')
      .executeTakeFirst();
    return taken?.account;
  }

  /** Counted before the code is compared, in one statement, so that parallel guesses share the tries. */
  private takeTry(customerId: string, subsidiary: string): Promise<{ code_hash: string } | undefined> {
    return this.store
      .tables<CustomerTables>()
      .updateTable('letter_code')
      .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
      .where('customer_id', '=', customerId)
      .where('subsidiary', '=', subsidiary)
      .where('tries', '<', TRIES)
      .where('expires_at', '>', instantOf(this.clock.now()))
      .returning('code_hash')
      .executeTakeFirst();
  }
}
