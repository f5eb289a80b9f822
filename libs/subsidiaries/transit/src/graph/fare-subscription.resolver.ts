import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestScope } from '#lib/kernel';
import { Reusable, Scope } from '#lib/graph';
import { TransitService } from '../transit.service.js';
import { FareSubscriptionType, toFareSubscriptionType } from './fare-subscription.type.js';
import { TicketType, toTicketType } from './ticket.type.js';
import { TransitCustomerType } from './transit-customer.type.js';

/** Subscriptions and their tickets, both from one read of the shop. */
@Resolver(() => TransitCustomerType)
export class FareSubscriptionResolver {
  constructor(private readonly service: TransitService) {}

  @Reusable()
  @ResolveField('fareSubscriptions', () => [FareSubscriptionType], { description: 'Abos des Kunden.' })
  async fareSubscriptions(
    @Parent() { customer }: TransitCustomerType,
    @Scope() scope: RequestScope,
  ): Promise<FareSubscriptionType[]> {
    const { value, source } = await this.service.listSubscriptions(scope, customer);
    return value.map((subscription) => toFareSubscriptionType(subscription, customer, source));
  }

  @Reusable()
  @ResolveField('tickets', () => [TicketType], {
    nullable: true,
    description: 'Fahrausweise aller Abos; bei Chipkarten ist die Karte der Fahrausweis.',
  })
  async tickets(@Parent() { customer }: TransitCustomerType, @Scope() scope: RequestScope): Promise<TicketType[]> {
    const { value } = await this.service.listSubscriptions(scope, customer);
    return value.flatMap(({ tickets }) => tickets.map(toTicketType));
  }
}
