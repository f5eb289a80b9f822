import type { CustomerTables } from '#lib/customer';
import type { Instant } from '#lib/kernel';

/** How it was shown that an agent serves that customer. */
export type MandateProofKind = 'handover-code' | 'card-number' | 'phone-secret' | 'customer-number' | 'walk-in';

/** The tables of mandates as they are after all migrations, and those of customers, which change with them. */
export interface MandateTables extends CustomerTables {
  mandate: {
    id: string;
    /** Subject of the agent. */
    agent: string;
    /** The agent's browser session; null for one that called with a bearer token. */
    session_id: string | null;
    customer_id: string;
    reason: string;
    proof: MandateProofKind;
    opened_at: Instant;
    expires_at: Instant;
    /** Null while open; past its expiry it counts as ended all the same. */
    ended_at: Instant | null;
  };
  /** One per customer. */
  handover_code: {
    customer_id: string;
    code_hash: string;
    expires_at: Instant;
  };
  /** One per customer. */
  phone_secret: {
    customer_id: string;
    hash: string;
    set_at: Instant;
  };
}
