import type { Generated, Selectable } from '#lib/store';
import type { Instant, Language } from '#lib/kernel';
import type { JournalEvent } from '../journal/journal-event.js';
import type { ProcessState } from '../model/process-state.js';

/** The tables of this lib as they are after all its migrations. Columns named `…_json` hold JSON as text. */
export interface ProcessTables {
  /** One row per wish. */
  process: {
    id: string;
    /** Order of acceptance, over all instances. */
    seq: Generated<bigint>;
    kind: string;
    customer_id: string;
    /** Of the current step: what order, pause and places go by. */
    subsidiary: string;
    /** Who asked, as digest of kind and subject. */
    principal: string;
    input_json: string;
    /** SHA-256 of the canonical input. */
    input_hash: string;
    state: ProcessState;
    /** Why it is WITH_AGENT or UNCERTAIN: a code of ours, never personal data. */
    reason: string | null;
    /** Position of the current step. */
    current: Generated<number>;
    /** True while what earlier steps did is being undone. */
    undoing: Generated<boolean>;
    /** Tries of the current step so far. */
    attempts: Generated<number>;
    /** Those of them that count against the budget. */
    spent: Generated<number>;
    /** Failures in a row; the backoff goes by them. */
    failures: Generated<number>;
    /** By the injected clock, like `deadline` and the times of the journal. */
    due_at: Instant;
    deadline: Instant;
    lease_holder: string | null;
    /** By the database's clock, like `intended_at`. */
    lease_until: Instant | null;
    /** Rises with each lease; whoever holds an older one writes nothing any more. */
    fence: Generated<bigint>;
    /** When the current step's intent was written; null when nothing is in doubt. */
    intended_at: Instant | null;
    /** Whether a step took effect: then it is no longer for the customer to cancel. */
    touched: Generated<boolean>;
    result_json: string | null;
    refusal_json: string | null;
    receipt_number: string;
    receipt: string;
    /** E-mail address for receipt and outcome; null for none, and 30 days after the end. */
    receipt_to: string | null;
    /** Language of the mails. */
    receipt_language: Generated<Language>;
    journal_seq: Generated<number>;
    /** By the database's clock: when it last ceased to be under way. */
    settled_at: Instant | null;
    created_at: Instant;
    updated_at: Instant;
  };
  process_step: {
    process_id: string;
    position: number;
    key: string;
    /** Kind of the command. */
    kind: string;
    subsidiary: string;
    account: string;
    /** What commands with dedupe `key` hand to the legacy system. */
    effect_key: string;
    input_json: string;
    state: ProcessState;
    result_json: string | null;
    refusal_json: string | null;
    /** Position of the step that this one undoes. */
    undoes: number | null;
    at: Instant;
  };
  process_journal: {
    process_id: string;
    seq: number;
    at: Instant;
    fence: bigint;
    event: JournalEvent;
    data_json: string;
  };
  process_key: {
    principal: string;
    operation: string;
    key: string;
    process_id: string;
    /** Digest of customer and canonical input: what must be the same for the key to mean the same wish. */
    request_hash: string;
    created_at: Instant;
  };
  process_pause: { subsidiary: string; reason: string; since: Instant };
  /** Receipts and outcomes that customers are to be told by mail, for whoever can reach them. */
  process_mail: {
    id: Generated<bigint>;
    process_id: string;
    customer_id: string;
    occasion: MailOccasion;
    created_at: Instant;
    due_at: Instant;
    attempts: Generated<number>;
    sent_at: Instant | null;
  };
  receipt_key: { kid: string; public_jwk: string; private_jwk: string | null; created_at: Instant };
}

/** What there is to tell. */
export type MailOccasion = 'receipt' | 'declaration' | 'question' | 'done' | 'refused' | 'cancelled';

export type ProcessRow = Selectable<ProcessTables['process']>;
export type StepRow = Selectable<ProcessTables['process_step']>;
