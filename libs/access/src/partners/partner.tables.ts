import type { CustomerTables } from '#lib/customer';
import type { Instant } from '#lib/kernel';
import type { QuotaPeriod } from './quotas/quota-window.js';

/** The tables of partners as they are after all migrations, and those of customers, which change with them. */
export interface PartnerTables extends CustomerTables {
  /** What a customer has let a partner do: at most one open grant per partner. */
  partner_grant: {
    id: string;
    customer_id: string;
    client_id: string;
    scopes: readonly string[];
    /** Version of the consent page that the customer saw. */
    text_version: string;
    granted_at: Instant;
    expires_at: Instant;
    last_used_at: Instant | null;
    ended_at: Instant | null;
  };
  /** Tokens, codes and requests under way of the authorization server, none under its own name. */
  partner_state: {
    model: string;
    /** SHA-256 of the token, code or id. */
    id_hash: string;
    payload: object;
    grant_id: string | null;
    consumed_at: Instant | null;
    /** By the database's clock. */
    expires_at: Instant;
  };
  partner_usage: {
    client_id: string;
    period: QuotaPeriod;
    starts_at: Instant;
    used: bigint;
  };
}
