import { Inject } from '@nestjs/common';
import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { EntitlementService, type Customer, type Entitlement } from '#lib/customer';
import { Scope, selects } from '#lib/graph';
import { CLOCK, instantOf, toGlobalId, type Clock, type Principal, type RequestScope } from '#lib/kernel';
import { ABO_CARDS } from '../model/abo-card.js';
import { POOLS_KEY } from '../operations.js';
import { AboCardOfferType } from './abo-card.type.js';
import { PoolsCustomerType } from './pools-customer.type.js';

const PRODUCTS = ABO_CARDS.map(({ key, name, persons, pricePerMonth }) => {
  const id = toGlobalId('AboCardProduct', key);
  return { id, name, persons, pricePerMonth };
});

/** Adds the AboCard to the pools' customer; whether they are entitled is asked only when the query wants to and may know. */
@Resolver(() => PoolsCustomerType)
export class AboCardResolver {
  constructor(
    private readonly entitlements: EntitlementService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField('aboCard', () => AboCardOfferType, {
    description: 'AboCard des GalaxSea und ob sie dem Kunden zusteht.',
  })
  async aboCard(
    @Parent() { customer }: PoolsCustomerType,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AboCardOfferType> {
    const isAsked = selects(info, 'entitled') || selects(info, 'checkedAt');
    const mayKnow = isCustomerOrPools(scope.principal, customer);
    const entitlement: Entitlement =
      isAsked && mayKnow
        ? await this.entitlements.check({ asking: POOLS_KEY, entitlement: 'energy-customer', customer, scope })
        : 'unknown';
    const isKnown = entitlement !== 'unknown';
    return {
      products: PRODUCTS,
      entitled: isKnown ? entitlement === 'yes' : null,
      checkedAt: isKnown ? instantOf(this.clock.now()) : null,
    };
  }
}

/**
 * A yes tells of an energy contract. The customer knows that anyway, and the pools are whom the consent lets ask;
 * agents of other companies and partners are not, however much else of the customer they may see.
 */
function isCustomerOrPools(principal: Principal, customer: Customer): boolean {
  if (principal.kind === 'customer') return principal.subject === customer.subject;
  if (principal.kind !== 'agent' && principal.kind !== 'subsidiary') return false;
  return principal.subsidiary === POOLS_KEY;
}
