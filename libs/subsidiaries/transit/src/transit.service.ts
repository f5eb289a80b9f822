import { Injectable } from '@nestjs/common';
import type { Reading, RequestScope } from '#lib/kernel';
import { CustomerAccess, type Customer } from '#lib/customer';
import { ShopBackend } from './backend/shop.backend.js';
import { fareSubscriptionLabels, type FareSubscription } from './model/fare-subscription.js';
import { SUBSCRIPTIONS, TRANSIT_KEY } from './operations.js';

/** What Jenaer Nahverkehr knows of a customer, as far as the caller may see it, for resolvers and controllers alike. */
@Injectable()
export class TransitService {
  constructor(
    private readonly shop: ShopBackend,
    private readonly access: CustomerAccess,
  ) {}

  /** The customer's number at the shop; null where the caller does not see the subsidiary's part. */
  findAccount(scope: RequestScope, customer: Customer): string | null {
    if (this.access.decide(scope, customer, TRANSIT_KEY) !== 'show') return null;
    return customer.links[TRANSIT_KEY] ?? null;
  }

  /** @throws AppError NOT_FOUND when the caller sees no such part; UPSTREAM_* when the shop cannot be read */
  listSubscriptions(scope: RequestScope, customer: Customer): Promise<Reading<readonly FareSubscription[]>> {
    return this.access.read(
      {
        operation: SUBSCRIPTIONS,
        labels: fareSubscriptionLabels,
        load: (account, call) => this.shop.listSubscriptions(account, call),
      },
      scope,
      customer,
    );
  }
}
