import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { toGlobalId, type RequestScope } from '#lib/kernel';
import type { Customer } from '#lib/customer';
import { CustomerType, Reusable, Scope, selects } from '#lib/graph';
import { TransitService } from '../transit.service.js';
import { TransitCustomerType } from './transit-customer.type.js';

/** Adds Jenaer Nahverkehr to a customer. */
@Resolver(() => CustomerType)
export class CustomerTransitResolver {
  constructor(private readonly service: TransitService) {}

  @Reusable()
  @ResolveField('transit', () => TransitCustomerType, {
    nullable: true,
    description: 'Angaben des Nahverkehrs; null ohne Fehler, wenn keine zu zeigen sind (warum, sagt subsidiaries).',
  })
  transit(
    @Parent() customer: Customer,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): TransitCustomerType | null {
    const account = this.service.findAccount(scope, customer);
    if (account === null) return null;
    // Started now so that it runs beside the reads of the other subsidiaries; whoever needs it hears of a failure.
    if (selects(info, 'fareSubscriptions') || selects(info, 'tickets')) {
      this.service.listSubscriptions(scope, customer).catch(() => undefined);
    }
    return { id: toGlobalId('TransitCustomer', account), customer };
  }
}
