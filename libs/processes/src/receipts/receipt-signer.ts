import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CompactSign, type JSONWebKeySet } from 'jose';
import { CLOCK, type Clock } from '#lib/kernel';
import { Store } from '#lib/store';
import { PROCESSES_PLAN, type ProcessesPlan } from '../processes-plan.js';
import { ProcessesSettings } from '../processes.settings.js';
import { parsePrivateKey } from './private-key.js';
import type { ReceiptFacts } from './receipt.js';
import { keepMadeKey, keepSetKey, listPublicKeys, type SigningKey } from './receipt-keys.js';
import { RECEIPT_ALGORITHM, RECEIPT_TYPE } from './verify-receipt.js';

/** Signs receipts, and tells with which keys they are verified. */
@Injectable()
export class ReceiptSigner implements OnApplicationBootstrap {
  private key: Promise<SigningKey> | undefined;

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly settings: ProcessesSettings,
    @Inject(PROCESSES_PLAN) private readonly plan: ProcessesPlan,
  ) {}

  /** @throws Error when there is no key and none may be made: nothing could be accepted */
  async onApplicationBootstrap(): Promise<void> {
    if (this.plan.open) await this.signingKey();
  }

  /** @returns the compact JWS */
  async sign(facts: ReceiptFacts): Promise<string> {
    const { kid, key } = await this.signingKey();
    return new CompactSign(new TextEncoder().encode(JSON.stringify(facts)))
      .setProtectedHeader({ alg: RECEIPT_ALGORITHM, typ: RECEIPT_TYPE, kid })
      .sign(key);
  }

  /** The JWKS for `/.well-known/saaltor-receipt-keys.json`: public, the same on every instance. */
  async publicKeys(): Promise<JSONWebKeySet> {
    await this.signingKey();
    return listPublicKeys(this.store);
  }

  /** For what this lib signs; nothing outside of it gets the key. */
  signingKey(): Promise<SigningKey> {
    this.key ??= this.loadKey().catch((error: unknown) => {
      // A store that is out of reach now is asked again by the next one who needs the key.
      this.key = undefined;
      throw error;
    });
    return this.key;
  }

  private async loadKey(): Promise<SigningKey> {
    const { receiptKey } = this.settings;
    const key = receiptKey === undefined ? undefined : parsePrivateKey(receiptKey);
    if (key !== undefined) return keepSetKey(this.store, this.clock, key);
    if (this.plan.sandbox) return keepMadeKey(this.store, this.clock);
    throw new Error('RECEIPT_KEY is missing: without a sandbox receipts need an Ed25519 key (PKCS8 PEM or JWK)');
  }
}
