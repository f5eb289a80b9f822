import { Injectable } from '@nestjs/common';
import type { Reading, RequestScope, Source } from '#lib/kernel';
import { CustomerAccess, type Customer } from '#lib/customer';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import type { Occupancy } from './model/occupancy.js';
import { POOLS, type Pool } from './model/pool.js';
import { valueCardLabels, type ValueCard } from './model/value-card.js';
import { CARDS, OCCUPANCY, POOLS_KEY } from './operations.js';

/** What the pools know, for resolvers and controllers alike. */
@Injectable()
export class PoolsService {
  constructor(
    private readonly backend: PoolsBackend,
    private readonly upstream: Upstream,
    private readonly access: CustomerAccess,
  ) {}

  /** The customer's ClientId; null where the caller does not see the subsidiary's part. */
  findAccount(scope: RequestScope, customer: Customer): string | null {
    if (this.access.decide(scope, customer, POOLS_KEY) !== 'show') return null;
    return customer.links[POOLS_KEY] ?? null;
  }

  /** @throws AppError NOT_FOUND when the caller sees no such part; UPSTREAM_* when the till cannot be read */
  listCards(scope: RequestScope, customer: Customer): Promise<Reading<readonly ValueCard[]>> {
    return this.access.read(
      {
        operation: CARDS,
        labels: valueCardLabels,
        load: (account, call) => this.backend.listCards(account, call),
      },
      scope,
      customer,
    );
  }

  listPools(): readonly Pool[] {
    return POOLS;
  }

  /**
   * How full the pool is; null when its gates report nothing. One call of TICOS serves all pools of a request.
   * @throws AppError UPSTREAM_* when TICOS cannot be read
   */
  async findOccupancy(scope: RequestScope, pool: Pool): Promise<(Occupancy & { readonly source: Source }) | null> {
    const ids = POOLS.map(({ organizationUnitId }) => organizationUnitId);
    const load = (call: UpstreamCall) => this.backend.listOccupancy(ids, call);
    const { value, source } = await this.upstream.read({ operation: OCCUPANCY, account: null, args: ids, load }, scope);
    const occupancy = value.find(({ organizationUnitId }) => organizationUnitId === pool.organizationUnitId);
    return occupancy ? { ...occupancy, source } : null;
  }
}
