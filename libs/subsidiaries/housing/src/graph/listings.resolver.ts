import { Args, ArgsType, Field, Info, Int, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Allow } from '#lib/access';
import { Scope, selects } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { HousingService } from '../housing.service.js';
import { DEFAULT_PAGE, DEFAULT_SORT, LAST_PAGE, type ListingSort } from '../model/listing-search.js';
import { publishListing } from '../model/published-listing.js';
import { ListingConnectionType } from './listing-connection.type.js';
import { LISTING_SORT, ListingFilterInput } from './listing-filter.input.js';
import { ListingType } from './listing.type.js';

@ArgsType()
export class ListingsArgs {
  @Field(() => ListingFilterInput, { nullable: true })
  filter?: ListingFilterInput | null;

  @Field(() => LISTING_SORT, { nullable: true, defaultValue: DEFAULT_SORT })
  sort?: ListingSort | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_PAGE, description: '1 bis 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: '"endCursor" der vorigen Seite, in derselben Reihenfolge.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: `Statt "after": Nummer der Seite, 1 bis ${LAST_PAGE}.` })
  page?: number | null;
}

/** Flats to let, for anyone. */
@Resolver(() => ListingType)
export class ListingsResolver {
  constructor(private readonly service: HousingService) {}

  @Allow({ callers: 'anyone' })
  @Query(() => ListingConnectionType, { description: 'Wohnungsangebote von jenawohnen; ohne Anmeldung.' })
  async listings(
    @Args() { filter, sort, first, after, page }: ListingsArgs,
    @Scope() scope: RequestScope,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ListingConnectionType> {
    const found = await this.service.searchListings(scope, {
      filter: filter ?? {},
      sort: sort ?? DEFAULT_SORT,
      first: first ?? DEFAULT_PAGE,
      after: after ?? null,
      page: page ?? null,
      facets: selects(info, 'facets'),
    });
    const { nodes, hasNextPage, endCursor, ...rest } = found;
    return { ...rest, nodes: nodes.map(publishListing), pageInfo: { hasNextPage, endCursor } };
  }
}
