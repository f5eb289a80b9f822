import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow, Counter } from '#lib/access';
import type { Customer } from '#lib/customer';
import type { RequestScope } from '#lib/kernel';
import { Scope } from '../scope.decorator.js';
import { CustomerType } from '../types/customer.type.js';
import { serve } from './serve.js';

@Resolver(() => CustomerType)
export class ServedCustomerResolver {
  constructor(private readonly counter: Counter) {}

  @Allow({ callers: ['agent'] })
  @Query(() => CustomerType, {
    nullable: true,
    description:
      'Der Kunde, für den gerade eine Befugnis besteht. Jeder andere Versuch wird verweigert und beim Kunden vermerkt.',
  })
  customer(@Args('id', { type: () => ID }) id: string, @Scope() scope: RequestScope): Promise<Customer> {
    return serve(this.counter, scope, id);
  }
}
