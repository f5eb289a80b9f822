import { createHash, createHmac } from 'node:crypto';
import type { DataState } from '#lib/kernel';
import { subkey } from './subkey.js';

/**
 * Names under which values stand in Redis: prefix, mark of the build, digest of the house's own key. The house's key holds
 * a customer's number, which must not be read from a listing, a slow log or a MONITOR of Redis.
 *
 * With a secret the digest is an HMAC. Numbers have ten digits, so all of them can be tried against a bare hash; but
 * whoever holds no secret keeps values in the clear beside it, and then the hash keeps the numbers out of logs, which is
 * all that it could.
 */
export class KeyNames {
  private readonly secret: Buffer | null;

  /**
   * @param build changes with the code: what another build has written may have another shape
   * @param state of the database whose epochs the house's keys hold; part of the digest
   * @param master 32 bytes; null without encryption
   */
  constructor(
    private readonly prefix: string,
    private readonly build: string,
    private readonly state: DataState,
    master: Buffer | null,
  ) {
    this.secret = master && subkey(master, 'key names');
  }

  nameOf(key: string): string {
    const hash = this.secret === null ? createHash('sha256') : createHmac('sha256', this.secret);
    return `${this.prefix}:${this.build}:${hash.update(`${this.state.mark}\n`).update(key).digest('base64url')}`;
  }
}
