import { hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Store } from '#lib/store';
import { ChannelSettings } from '../channels/channel.settings.js';
import type { SessionTables } from '../sessions/session.tables.js';
import { SecretBox } from './secret-box.js';

const NAME = 'session-key';
const KEY_BYTES = 32;

/**
 * The key under which sessions keep their secrets: SESSION_KEY, or, in sandbox mode only, one that the first instance
 * makes and the database keeps.
 */
@Injectable()
export class SessionSecrets {
  private master: Promise<Uint8Array> | undefined;
  private readonly boxes = new Map<string, SecretBox>();

  constructor(
    private readonly settings: ChannelSettings,
    private readonly store: Store,
  ) {}

  /** @throws AppError UPSTREAM_* when the kept key cannot be had */
  async box(purpose: 'login' | 'refresh-token'): Promise<SecretBox> {
    const known = this.boxes.get(purpose);
    if (known !== undefined) return known;
    const box = new SecretBox(await this.key(), purpose);
    this.boxes.set(purpose, box);
    return box;
  }

  /** A key of its own for what is signed and not encrypted (HKDF, RFC 5869). @throws AppError as {@link box} */
  async signingKey(purpose: 'capability'): Promise<Buffer> {
    return Buffer.from(hkdfSync('sha256', await this.key(), new Uint8Array(), `saaltor sign ${purpose}`, KEY_BYTES));
  }

  private key(): Promise<Uint8Array> {
    const { sessionKey } = this.settings;
    if (sessionKey !== undefined) return Promise.resolve(Buffer.from(sessionKey, 'base64'));
    this.master ??= this.keptKey().catch((error: unknown) => {
      this.master = undefined;
      throw error;
    });
    return this.master;
  }

  /** Whoever is first makes it; the others find it. */
  private async keptKey(): Promise<Uint8Array> {
    const value = randomBytes(KEY_BYTES).toString('base64');
    const tables = this.store.tables<SessionTables>();
    await tables
      .insertInto('kept_secret')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = await tables
      .selectFrom('kept_secret')
      .select('value')
      .where('name', '=', NAME)
      .executeTakeFirstOrThrow();
    return Buffer.from(kept.value, 'base64');
  }
}
