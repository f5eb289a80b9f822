import { Injectable } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import type { LinkProof } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { ShopBackend } from './backend/shop.backend.js';
import { SUBSCRIPTIONS } from './operations.js';

/** Numbers of subscriptions, of whoever the account belongs to: for comparing only, so never kept. */
const LINK_PROOF: ReadOperation = { ...SUBSCRIPTIONS, name: 'transit.link-proof', ttlMs: 0, staleForMs: 0 };

/** A customer of the shop is who knows the number of the subscription, as it stands on the confirmation. */
@Injectable()
export class TransitLinkProof implements LinkProof {
  readonly factName = 'Abonummer';
  readonly controlNumber = 'JNV-00000000';

  constructor(
    private readonly shop: ShopBackend,
    private readonly upstream: Upstream,
  ) {}

  normalise(number: string): string | undefined {
    const digits = /^(?:JNV-?)?(\d{1,8})$/.exec(plain(number))?.[1];
    return digits === undefined ? undefined : `JNV-${digits.padStart(8, '0')}`;
  }

  async prove(account: string, fact: string, scope: RequestScope): Promise<boolean> {
    const { value } = await this.upstream.read(
      {
        operation: LINK_PROOF,
        account,
        args: [],
        load: async (call) => {
          const { value: subscriptions, omissions } = await this.shop.listSubscriptions(account, call);
          return { value: subscriptions.map(({ number }) => plain(number)), omissions };
        },
      },
      scope,
    );
    return value.includes(plain(fact));
  }
}

/** Blanks and small letters do not make it another number. */
function plain(number: string): string {
  return number.replace(/\s/g, '').toUpperCase();
}
