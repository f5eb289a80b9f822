import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, instantOf, type Clock, type Instant, type Language } from '#lib/kernel';
import { sql } from '#lib/store';
import { Store } from '#lib/store';
import type { MailOccasion, ProcessTables } from '../tables/process-tables.js';

/** A mail is taken for a minute, and twice as long after each try; then, unless it was sent, another one may take it. */
const MOST_DOUBLINGS = 6;
/** Tries after which a mail is left alone: about sixteen hours. */
const MOST_TRIES = 20;
const MOST_AT_ONCE = 50;

/** Something a customer is to be told. */
export interface DueMail {
  readonly id: bigint;
  readonly processId: string;
  readonly customerId: string;
  readonly occasion: MailOccasion;
  /** E-mail address. */
  readonly to: string;
  readonly language: Language;
  /** Kind of the process. */
  readonly kind: string;
  /** As it was submitted. */
  readonly inputJson: string;
  readonly receipt: { readonly number: string; readonly at: Instant; readonly signed: string };
}

/** The outbox of receipts and outcomes, written in the transaction of what they tell, kept for 30 days. */
@Injectable()
export class ReceiptMail {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes what is due, oldest first, for a while: no two instances take the same. At least once, so say which. */
  async take(most = MOST_AT_ONCE): Promise<readonly DueMail[]> {
    const now = instantOf(this.clock.now());
    const { rows } = await sql<MailRow>`
      with taken as (
        update process_mail set attempts = attempts + 1,
          due_at = ${now}::timestamptz + interval '1 minute' * power(2, least(attempts, ${MOST_DOUBLINGS}))
        where id in (
          select id from process_mail
          where sent_at is null and due_at <= ${now} and attempts < ${MOST_TRIES}
          order by id limit ${Math.min(most, MOST_AT_ONCE)} for update skip locked)
        returning id, process_id, customer_id, occasion)
      select taken.*, p.receipt_to, p.receipt_language, p.kind, p.input_json, p.receipt_number, p.receipt, p.created_at
      from taken join process p on p.id = taken.process_id where p.receipt_to is not null
      order by taken.id`.execute(this.store.tables<ProcessTables>());
    return rows.map((row) => ({
      id: row.id,
      processId: row.process_id,
      customerId: row.customer_id,
      occasion: row.occasion,
      to: row.receipt_to,
      language: row.receipt_language,
      kind: row.kind,
      inputJson: row.input_json,
      receipt: { number: row.receipt_number, at: row.created_at, signed: row.receipt },
    }));
  }

  async sent({ id }: Pick<DueMail, 'id'>): Promise<void> {
    await this.store
      .tables<ProcessTables>()
      .updateTable('process_mail')
      .set({ sent_at: instantOf(this.clock.now()) })
      .where('id', '=', id)
      .execute();
  }

  /** For a mail that no server will ever take: it is not tried again. */
  async giveUp({ id }: Pick<DueMail, 'id'>): Promise<void> {
    await this.store
      .tables<ProcessTables>()
      .updateTable('process_mail')
      .set({ attempts: MOST_TRIES })
      .where('id', '=', id)
      .execute();
  }
}

interface MailRow {
  readonly id: bigint;
  readonly process_id: string;
  readonly customer_id: string;
  readonly occasion: MailOccasion;
  readonly receipt_to: string;
  readonly receipt_language: Language;
  readonly kind: string;
  readonly input_json: string;
  readonly receipt_number: string;
  readonly receipt: string;
  readonly created_at: Instant;
}
