import { Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { Customer } from '#lib/customer';
import { CustomerType, Reusable, Scope, selects } from '#lib/graph';
import { toGlobalId, type RequestScope, type Source } from '#lib/kernel';
import { HousingService } from '../housing.service.js';
import type { Lease } from '../model/lease.js';
import { HousingCustomerType } from './housing-customer.type.js';
import { LeaseType } from './lease.type.js';

/** Adds jenawohnen to a customer. */
@Resolver(() => CustomerType)
export class CustomerHousingResolver {
  constructor(private readonly service: HousingService) {}

  @Reusable()
  @ResolveField('housing', () => HousingCustomerType, {
    nullable: true,
    description: 'Angaben von jenawohnen; null ohne Fehler, wenn keine zu zeigen sind (warum, sagt subsidiaries).',
  })
  housing(
    @Parent() customer: Customer,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): HousingCustomerType | null {
    const account = this.service.findAccount(scope, customer);
    if (account === null) return null;
    // Started now so that it runs beside the reads of the other subsidiaries; whoever needs it hears of a failure.
    if (selects(info, 'leases')) this.service.listLeases(scope, customer).catch(() => undefined);
    return { id: toGlobalId('HousingCustomer', account), customer };
  }
}

@Resolver(() => HousingCustomerType)
export class HousingCustomerResolver {
  constructor(private readonly service: HousingService) {}

  @Reusable()
  @ResolveField('leases', () => [LeaseType], { description: 'Mietverträge des Kunden.' })
  async leases(@Parent() parent: HousingCustomerType, @Scope() scope: RequestScope): Promise<LeaseType[]> {
    const { value, source } = await this.service.listLeases(scope, parent.customer);
    return value.map((lease) => toLease(lease, parent.customer, source));
  }
}

function toLease(lease: Lease, customer: Customer, source: Source): LeaseType {
  return { ...lease, id: toGlobalId('Lease', lease.number), source, customer };
}
