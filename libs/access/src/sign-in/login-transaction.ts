import type { SecretBox } from '../secrets/secret-box.js';
import type { SignInChecks } from './identity-provider.js';

/** Time to sign in at the identity provider. */
export const LOGIN_MS = 10 * 60_000;

/** A sign-in under way. Only the browser keeps it, encrypted, so that whoever comes back is who went. */
export interface LoginTransaction extends SignInChecks {
  /** By which it counts once. */
  readonly id: string;
  /** Whose answer is expected (RFC 9207). */
  readonly issuer: string;
  readonly returnTo: string;
  /** Clock time in milliseconds. */
  readonly startedAt: number;
  /** The session that asked for a second factor; null for a sign-in. */
  readonly stepUpOf: string | null;
  /** The session that the browser had before; it ends when the new one begins. */
  readonly replaces: string | null;
}

/** @param channel a transaction of one channel is worth nothing in another */
export function sealTransaction(box: SecretBox, transaction: LoginTransaction, channel: string): string {
  return box.seal(JSON.stringify(transaction), channel);
}

/** @returns undefined for what is not ours, of another channel or too old */
export function openTransaction(
  box: SecretBox,
  sealed: string,
  channel: string,
  now: number,
): LoginTransaction | undefined {
  const text = box.open(sealed, channel);
  if (text === undefined) return undefined;
  // Nobody else can have sealed it, so it has our own shape.
  const transaction = JSON.parse(text) as LoginTransaction;
  return now < transaction.startedAt + LOGIN_MS ? transaction : undefined;
}
