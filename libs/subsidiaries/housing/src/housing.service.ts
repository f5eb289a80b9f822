import { Inject, Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import { berlinDate, CLOCK, instantOf, type Clock, type Reading, type RequestScope } from '#lib/kernel';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { leaseLabels, type Lease } from './model/lease.js';
import type { ListingPage } from './model/listing-page.js';
import type { ListingSearch } from './model/listing-search.js';
import { ListingCatalogue, type CatalogueSource } from './feed/listing-catalogue.js';
import { HOUSING_KEY, LEASES } from './operations.js';
import { prepareSearch } from './search/prepared-search.js';

/** A page of flats, where they come from and which feeds are missing. */
export type FoundListings = ListingPage & CatalogueSource;

/** What jenawohnen knows, for resolvers and controllers alike. */
@Injectable()
export class HousingService {
  constructor(
    private readonly tenancy: TenancyBackend,
    private readonly catalogue: ListingCatalogue,
    private readonly access: CustomerAccess,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The customer's tenant number; null where the caller does not see the subsidiary's part. */
  findAccount(scope: RequestScope, customer: Customer): string | null {
    if (this.access.decide(scope, customer, HOUSING_KEY) !== 'show') return null;
    return customer.links[HOUSING_KEY] ?? null;
  }

  /** @throws AppError NOT_FOUND when the caller sees no such part; UPSTREAM_* when the ERP cannot be read */
  listLeases(scope: RequestScope, customer: Customer): Promise<Reading<readonly Lease[]>> {
    // Part of the key, so that the leases of yesterday are not shown after midnight.
    const keyDate = berlinDate(instantOf(this.clock.now()));
    return this.access.read(
      {
        operation: LEASES,
        args: [keyDate],
        labels: leaseLabels,
        load: (account, call) => this.tenancy.listLeases(account, keyDate, call),
      },
      scope,
      customer,
    );
  }

  /**
   * One page of the flats to let. Public: the same for everyone.
   * @throws AppError INVALID_INPUT for a search beyond its bounds; UPSTREAM_* when no feed has any list
   */
  async searchListings(scope: RequestScope, search: ListingSearch): Promise<FoundListings> {
    const prepared = prepareSearch(search);
    const { index, source, missing } = await this.catalogue.read(scope);
    return { ...index.search(prepared), source, missing };
  }
}
