import { createHash, randomBytes } from 'node:crypto';
import type { AgentRole } from '#lib/kernel';
import type { ChannelAudience } from '../channels/channel.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A session that nobody uses ends after that. */
export const IDLE_MS = 30 * MINUTE_MS;
/** However much it is used, it ends after that: a shift at the counter, less for people at home. */
export const LONGEST_MS: Readonly<Record<ChannelAudience, number>> = { customer: 8 * HOUR_MS, agent: 10 * HOUR_MS };
/** How long a second factor counts. */
export const STEP_UP_MS = 5 * MINUTE_MS;
/** Use is written down at most that often. */
export const WRITE_USE_MS = MINUTE_MS;

/** What the identity provider says of an agent. */
export interface AgentFacts {
  readonly subsidiary: string;
  readonly role: AgentRole;
}

/** A session as this instance keeps it in memory. Times are clock times in milliseconds. */
export interface Session {
  readonly id: string;
  readonly tokenHash: string;
  readonly channel: string;
  readonly subject: string;
  /** Null for customers. */
  readonly agent: AgentFacts | null;
  readonly expiresAt: number;
  readonly stepUpUntil: number | null;
  /** Null when there is nothing to refresh. Other than the rest it moves while the session is in memory, like the use. */
  refreshDueAt: number | null;
  lastUsedAt: number;
}

/** When the session ends if it is not used again. */
export function endOf({ lastUsedAt, expiresAt }: Session): number {
  return Math.min(lastUsedAt + IDLE_MS, expiresAt);
}

/** 256 random bits; what the cookie holds. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether this text could be a token of ours. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What is kept of a token. It has 256 random bits, so a plain hash cannot be guessed back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
