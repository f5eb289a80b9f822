import { createHash } from 'node:crypto';

/** What is kept of a token, code or id: it is random enough that its digest cannot be guessed backwards. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Key of an access token in memory and in the log of changes. */
export function tokenKey(hash: string): string {
  return `partner-token ${hash}`;
}

/** Key of a customer's grant in memory and in the log of changes. */
export function grantKey(id: string): string {
  return `partner-grant ${id}`;
}
