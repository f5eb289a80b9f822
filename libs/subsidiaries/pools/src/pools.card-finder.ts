import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import type { CardFinder } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import { CARDS } from './operations.js';

/** Whose card it is, asked anew each time: cards are handed on and blocked. */
const CARD_FINDER: ReadOperation = { ...CARDS, name: 'pools.card-finder', ttlMs: 0, staleForMs: 0 };

/** UIDs of chips have 4, 7 or 10 bytes (ISO/IEC 14443-3). */
const UID = /^(?:[0-9A-F]{8}|[0-9A-F]{14}|[0-9A-F]{20})$/;

/** Value cards, by the UID that the counter's reader shows. */
@Injectable()
export class PoolsCardFinder implements CardFinder {
  constructor(
    private readonly backend: PoolsBackend,
    private readonly upstream: Upstream,
  ) {}

  async findAccount(cardNumber: string, scope: RequestScope): Promise<string | null> {
    const uid = cardNumber.replace(/[\s:-]/g, '').toUpperCase();
    if (!UID.test(uid)) return null;
    // The flight is told apart by a digest: whole UIDs open gates and stand nowhere else.
    const args = [createHash('sha256').update(uid).digest('hex')];
    const load = { operation: CARD_FINDER, account: null, args };
    const { value } = await this.upstream.read(
      { ...load, load: (call) => this.backend.listCardHolders(uid, call) },
      scope,
    );
    return value.length === 1 ? value[0]! : null;
  }
}
