import type { AgentFacts } from '../sessions/session.js';

/** What the identity provider gives for keeping a person signed in. */
interface Tokens {
  /** Without one the person stays as long as the session does. */
  readonly refreshToken?: string;
  /** When to renew: well before the tokens expire. */
  readonly refreshInMs: number;
}

/** What the identity provider says of a person who has just signed in. */
export interface SignedIn extends Tokens {
  readonly subject: string;
  /** Null for customers. */
  readonly agent: AgentFacts | null;
  /** The identity provider's own session. */
  readonly sid?: string;
  /** How the person showed who they are. */
  readonly acr?: string;
  /** When they did, in clock milliseconds. */
  readonly authTime?: number;
}

/** What it says when tokens are renewed. */
export interface Renewed extends Tokens {
  /** The agent's place as it is now; undefined when nothing was said of it, null for customers. */
  readonly agent?: AgentFacts | null;
}
