import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, instantOf, type Clock } from '#lib/kernel';
import { sql } from '#lib/store';
import { Store } from '#lib/store';
import type { MailOccasion, ProcessTables } from '../tables/process-tables.js';

/** A mail is taken for so long; then, unless it was sent, another one may take it. */
const TAKEN_MS = 60_000;
/** Tries after which a mail is left alone. */
const MOST_TRIES = 10;
const MOST_AT_ONCE = 50;

/** Something a customer is to be told. Whoever sends it finds the address and words; there are none here. */
export interface DueMail {
  readonly id: bigint;
  readonly processId: string;
  readonly customerId: string;
  readonly occasion: MailOccasion;
}

/** The outbox of receipts and outcomes, written in the transaction of what they tell, kept for 30 days. */
@Injectable()
export class ReceiptMail {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes what is due, oldest first, for a minute: no two instances take the same. At least once, so say which. */
  async take(most = MOST_AT_ONCE): Promise<readonly DueMail[]> {
    const now = this.clock.now();
    const { rows } = await sql<{ id: bigint; process_id: string; customer_id: string; occasion: MailOccasion }>`
      update process_mail set attempts = attempts + 1, due_at = ${instantOf(now + TAKEN_MS)}
      where id in (
        select id from process_mail
        where sent_at is null and due_at <= ${instantOf(now)} and attempts < ${MOST_TRIES}
        order by id limit ${Math.min(most, MOST_AT_ONCE)} for update skip locked)
      returning id, process_id, customer_id, occasion`.execute(this.store.tables<ProcessTables>());
    return rows
      .toSorted((left, right) => (left.id < right.id ? -1 : 1))
      .map(({ id, process_id: processId, customer_id: customerId, occasion }) => {
        return { id, processId, customerId, occasion };
      });
  }

  async sent({ id }: Pick<DueMail, 'id'>): Promise<void> {
    await this.store
      .tables<ProcessTables>()
      .updateTable('process_mail')
      .set({ sent_at: instantOf(this.clock.now()) })
      .where('id', '=', id)
      .execute();
  }
}
