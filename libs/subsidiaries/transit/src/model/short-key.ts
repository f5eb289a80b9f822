import { createHash } from 'node:crypto';

/**
 * A key for node ids from what a system knows a thing by, which may be long or hold any characters. Another system
 * knows it by something else, so its key differs.
 */
export function shortKey(identity: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 22);
}
