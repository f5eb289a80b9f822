import { Inject, Injectable } from '@nestjs/common';
import { AppError, berlinDate, CLOCK, instantOf, type CalendarDate, type Clock, type RequestScope } from '#lib/kernel';
import type { EntitlementSource } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { EnergyBackend } from './backend/energy.backend.js';
import type { EnergyContract } from './model/contracts/energy-contract.js';
import { CONTRACTS } from './operations.js';

/** Asked anew each time, because each check is recorded and decides about money. */
const ENTITLEMENT: ReadOperation = { ...CONTRACTS, name: 'energy.entitlement', ttlMs: 0, staleForMs: 0 };

/** Whoever is supplied under a contract today is a customer of Stadtwerke Energie. Only the yes or no leaves here. */
@Injectable()
export class EnergyCustomerEntitlement implements EntitlementSource {
  readonly key = 'energy-customer';

  constructor(
    private readonly backend: EnergyBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async holds(account: string, scope: RequestScope): Promise<boolean> {
    const today = berlinDate(instantOf(this.clock.now()));
    const { value } = await this.upstream.read(
      {
        operation: ENTITLEMENT,
        account,
        args: [today],
        load: async (call) => {
          const { value: contracts, omissions } = await this.backend.listContracts(account, call);
          const supplied = contracts.some((contract) => runsOn(contract, today));
          // A contract that could not be read may be the one: then there is no telling.
          if (!supplied && omissions.length > 0) throw new AppError('UPSTREAM_MALFORMED', 'a contract is unreadable');
          return { value: supplied, omissions: [] };
        },
      },
      scope,
    );
    return value;
  }
}

function runsOn({ from, until }: EnergyContract, day: CalendarDate): boolean {
  return from <= day && (until === null || day <= until);
}
