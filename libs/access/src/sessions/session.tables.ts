import type { AgentRole, Instant } from '#lib/kernel';
import type { ChannelAudience } from '../channels/channel.js';

/** The tables of browser sessions as they are after all migrations, and the log of changes that they write to. */
export interface SessionTables {
  browser_session: {
    /** Stays the same when the cookie changes; never sent to anyone. */
    id: string;
    /** SHA-256 of what the cookie holds. */
    token_hash: string;
    channel: string;
    audience: ChannelAudience;
    client_id: string;
    subject: string;
    /** The identity provider's own session (`sid`), by which it ends ours. */
    idp_sid: string | null;
    /** Of agents only, like the role. */
    subsidiary: string | null;
    role: AgentRole | null;
    /** Encrypted; null when the identity provider gave none. */
    refresh_token: string | null;
    refresh_due_at: Instant | null;
    /** Who is refreshing right now, and until when by the database's clock. */
    refresh_claim: string | null;
    refresh_claimed_until: Instant | null;
    created_at: Instant;
    /** At most a minute old while in use. */
    last_used_at: Instant;
    /** However much it is used, the session ends then. */
    expires_at: Instant;
    step_up_until: Instant | null;
  };
  /** What counts only once: login transactions, logout tokens. */
  once: {
    purpose: string;
    id: string;
    expires_at: Instant;
  };
  kept_secret: {
    name: string;
    value: string;
  };
  epoch_change: {
    key: string;
  };
}
