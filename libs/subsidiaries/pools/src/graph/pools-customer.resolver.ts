import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { toGlobalId, type RequestScope } from '#lib/kernel';
import type { Customer } from '#lib/customer';
import { CustomerType, Reusable, Scope, selects } from '#lib/graph';
import { PoolsService } from '../pools.service.js';
import { PoolsCustomerType } from './pools-customer.type.js';
import { toValueCard, ValueCardType } from './value-card.type.js';

/** Adds the pools to a customer. */
@Resolver(() => CustomerType)
export class CustomerPoolsResolver {
  constructor(private readonly service: PoolsService) {}

  @Reusable()
  @ResolveField('pools', () => PoolsCustomerType, {
    nullable: true,
    description: 'Angaben der Bäder; null ohne Fehler, wenn keine zu zeigen sind (warum, sagt subsidiaries).',
  })
  pools(
    @Parent() customer: Customer,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): PoolsCustomerType | null {
    const account = this.service.findAccount(scope, customer);
    if (account === null) return null;
    // Started now so that it runs beside the reads of the other subsidiaries; whoever needs it hears of a failure.
    if (selects(info, 'cards')) this.service.listCards(scope, customer).catch(() => undefined);
    return { id: toGlobalId('PoolsCustomer', account), customer };
  }
}

@Resolver(() => PoolsCustomerType)
export class PoolsCustomerResolver {
  constructor(private readonly service: PoolsService) {}

  @Reusable()
  @ResolveField('cards', () => [ValueCardType], { description: 'Geldwertkarten des Kunden.' })
  async cards(@Parent() parent: PoolsCustomerType, @Scope() scope: RequestScope): Promise<ValueCardType[]> {
    const { value, source } = await this.service.listCards(scope, parent.customer);
    return value.map((card) => toValueCard(card, parent.customer, source));
  }
}
