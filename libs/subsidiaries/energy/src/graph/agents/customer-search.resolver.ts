import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { Scope, toRefusal, type RefusalType } from '#lib/graph';
import { Refusal, type RequestScope } from '#lib/kernel';
import { CustomerSearchService } from '../../customer-search.service.js';
import { parseCustomerSearch } from '../../model/agents/customer-search.js';
import {
  EnergyCustomerSearchInput,
  EnergyCustomerSearchResult,
  type FoundEnergyCustomersType,
} from './customer-search.types.js';

@Resolver()
export class CustomerSearchResolver {
  constructor(private readonly service: CustomerSearchService) {}

  @Allow({ callers: ['agent'] })
  @Query(() => EnergyCustomerSearchResult, {
    description:
      'Sucht unter den Geschäftspartnern der Stadtwerke Energie, noch bevor jemand bedient wird. Nur für deren eigene ' +
      'Mitarbeitende; jede Suche wird vermerkt, auch bei den Kunden, die sie zeigt.',
  })
  async findEnergyCustomers(
    @Args('by', { type: () => EnergyCustomerSearchInput }) by: EnergyCustomerSearchInput,
    @Scope() scope: RequestScope,
  ): Promise<FoundEnergyCustomersType | RefusalType> {
    const found = await this.service.find(parseCustomerSearch(by), scope);
    if (found instanceof Refusal) return toRefusal(found, scope.language);
    return { nodes: found.value, source: found.source };
  }
}
