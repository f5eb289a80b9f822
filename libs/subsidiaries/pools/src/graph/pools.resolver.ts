import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { toGlobalId, type RequestScope } from '#lib/kernel';
import { Scope } from '#lib/graph';
import { PoolsService } from '../pools.service.js';
import { OccupancyType, PoolType } from './pool.type.js';

/** The pools themselves: public. */
@Resolver(() => PoolType)
export class PoolsResolver {
  constructor(private readonly service: PoolsService) {}

  @Allow({ callers: 'anyone' })
  @Query(() => [PoolType], { name: 'pools', description: 'Die Bäder der Jenaer Bädergesellschaft.' })
  pools(): PoolType[] {
    return this.service.listPools().map((pool) => ({ id: toGlobalId('Pool', pool.key), name: pool.name, pool }));
  }

  @ResolveField('occupancy', () => OccupancyType, {
    nullable: true,
    description: 'Auslastung; null, wenn die Zählung nichts meldet.',
  })
  occupancy(@Parent() parent: PoolType, @Scope() scope: RequestScope): Promise<OccupancyType | null> {
    return this.service.findOccupancy(scope, parent.pool);
  }
}
