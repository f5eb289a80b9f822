import type { Generated } from '#lib/store';
import type { Instant } from '#lib/kernel';
import type { Purpose } from '../consent/purpose.js';

/** How it was shown that a number is the customer's. */
export type LinkProofKind = 'second-fact' | 'letter-code' | 'agent' | 'sandbox';

/** The tables of this lib as they are after all its migrations. */
export interface CustomerTables {
  customer: {
    id: string;
    name: string;
    subject: string | null;
    rights_epoch: Generated<number>;
    created_at: Instant;
  };
  customer_link: {
    customer_id: string;
    subsidiary: string;
    account: string;
    proof: LinkProofKind;
    /** Rises with every link: the order of linking. */
    position: Generated<number>;
    linked_at: Instant;
  };
  /** Declarations and withdrawals, never changed: the latest for a purpose and pair counts. */
  consent_event: {
    id: Generated<bigint>;
    customer_id: string;
    purpose: Purpose;
    one: string;
    other: string;
    given: boolean;
    text_version: string | null;
    channel: string;
    at: Instant;
  };
  /** The small log of changes that every instance reads. */
  epoch_change: {
    txid: Generated<string>;
    key: string;
    at: Generated<Instant>;
  };
  /** How often we changed an account's data in its subsidiary. */
  data_epoch: {
    subsidiary: string;
    account: string;
    epoch: number;
  };
  /** Attempts at what could be guessed. */
  attempt: {
    id: string;
    /** Digest of who tries. */
    actor: string;
    /** Digest of what is tried. */
    target: string;
    at: Instant;
  };
  letter_code: {
    customer_id: string;
    subsidiary: string;
    account: string;
    code_hash: string;
    tries: Generated<number>;
    expires_at: Instant;
  };
  /** Searches by agents who serve nobody yet. */
  customer_search: {
    id: string;
    at: Instant;
    agent: string;
    /** Whose books were searched. */
    subsidiary: string;
    operation: string;
    /** What was searched by, parted by blanks; never the values. */
    criteria: string;
    /** Null until the search has ended, and for one that failed. */
    hits: number | null;
  };
  access_record: {
    id: Generated<bigint>;
    customer_id: string;
    at: Instant;
    actor_kind: string;
    actor: string;
    subsidiary: string;
    operation: string;
    purpose: string;
    reason: string;
    /** Place in the customer's chain, from 1; null until sealed, like the two digests. */
    seq: number | null;
    previous: string | null;
    digest: string | null;
  };
}
