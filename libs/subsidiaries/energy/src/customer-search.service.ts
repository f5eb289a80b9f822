import { Injectable } from '@nestjs/common';
import { CustomerSearches, type CustomerSearch } from '#lib/customer';
import { Refusal, type Reading, type RequestScope } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { CustomerSearchBackend, type Found } from './backend/agents/customer-search.backend.js';
import { FIND_CUSTOMERS } from './customer-search.operations.js';
import { criteriaOf, MOST_HITS, type CustomerSearchBy } from './model/agents/customer-search.js';
import type { FoundCustomer } from './model/agents/found-customer.js';
import { ENERGY_KEY } from './operations.js';
import { ownAgent, ownServiceAgent } from './own-agent.js';

/** From so many on SAP may have cut off the rest without saying so. */
const SURELY_ALL = 99;

/** Agents find the customer whom they are about to serve. Nobody is served yet: no mandate is needed, and none given. */
@Injectable()
export class CustomerSearchService {
  constructor(
    private readonly backend: CustomerSearchBackend,
    private readonly upstream: Upstream,
    private readonly searches: CustomerSearches,
  ) {}

  /**
   * Every search is recorded before it is made, and so is everyone known here whom it shows, before they are shown. More
   * than {@link MOST_HITS} show nobody.
   * @returns those who were found; the refusal SEARCH_TOO_WIDE, or TOO_MANY_ATTEMPTS
   * @throws AppError FORBIDDEN for anyone but agents of this company, by a meter for its sales, too; UPSTREAM_*
   */
  async find(by: CustomerSearchBy, scope: RequestScope): Promise<Reading<readonly FoundCustomer[]> | Refusal> {
    // Which meter is whose is the grid's knowledge.
    const agent = by.kind === 'meter-serial-number' ? ownServiceAgent(scope) : ownAgent(scope);
    const search: CustomerSearch = {
      agent,
      subsidiary: ENERGY_KEY,
      operation: FIND_CUSTOMERS.name,
      criteria: criteriaOf(by),
    };
    const begun = await this.searches.begin(search);
    if (begun instanceof Refusal) return begun;
    const reading = await this.read(by, scope);
    const { customers, given } = reading.value;
    const isTooWide = customers.length > MOST_HITS || given > SURELY_ALL;
    const shown = isTooWide ? [] : customers;
    const numbers = shown.map(({ number }) => number);
    await this.searches.end(begun, search, isTooWide ? given : customers.length, numbers);
    return isTooWide ? new Refusal('SEARCH_TOO_WIDE') : { ...reading, value: shown };
  }

  private read(by: CustomerSearchBy, scope: RequestScope): Promise<Reading<Found>> {
    return this.upstream.read(
      {
        operation: FIND_CUSTOMERS,
        account: null,
        args: [JSON.stringify(by)],
        load: (call) => this.backend.find(by, call),
      },
      scope,
    );
  }
}
