import { AppError, instantOf, type Clock } from '#lib/kernel';
import type { Store } from '#lib/store';
import type { MandateTables } from './mandate.tables.js';
import { hashSecret, isSecret } from './secret-hash.js';

/** Someone who guesses by telephone has a handful of tries; this much keeps even common words out of reach. */
const SHORTEST = 6;
const LONGEST = 60;

/** Words that customers tell on the telephone to show who they are; kept as hash only. */
export class PhoneSecrets {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets the customer's secret in place of an earlier one.
   * @throws AppError INVALID_INPUT when it is too short or too long
   */
  async set(customerId: string, secret: string): Promise<void> {
    const spoken = asSpoken(secret);
    if (spoken.length < SHORTEST || secret.length > LONGEST) {
      const reason = `must have ${SHORTEST} to ${LONGEST} characters`;
      throw new AppError('INVALID_INPUT', reason, { path: 'secret', reason });
    }
    const facts = { hash: await hashSecret(spoken), set_at: instantOf(this.clock.now()) };
    await this.store
      .tables<MandateTables>()
      .insertInto('phone_secret')
      .values({ customer_id: customerId, ...facts })
      .onConflict((conflict) => conflict.column('customer_id').doUpdateSet(facts))
      .execute();
  }

  /**
   * Which of these customers has set the secret; null when none or more than one has. Takes as long for nobody as for
   * one without a secret.
   */
  async match(customerIds: readonly string[], secret: string): Promise<string | null> {
    const spoken = asSpoken(secret.slice(0, LONGEST));
    const kept = customerIds.length === 0 ? [] : await this.load(customerIds);
    const asked = kept.length === 0 ? [{ customer_id: '', hash: null }] : kept;
    const matches = await Promise.all(asked.map(async ({ hash }) => isSecret(spoken, hash)));
    const matching = asked.filter((_, index) => matches[index]);
    return matching.length === 1 ? matching[0]!.customer_id : null;
  }

  private load(customerIds: readonly string[]): Promise<{ customer_id: string; hash: string }[]> {
    return this.store.read<MandateTables, { customer_id: string; hash: string }[]>((reader) =>
      reader
        .selectFrom('phone_secret')
        .select(['customer_id', 'hash'])
        .where('customer_id', 'in', customerIds)
        .execute(),
    );
  }
}

/** Spoken and typed by someone else: capitals, blanks and punctuation do not matter. */
function asSpoken(secret: string): string {
  return secret
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
