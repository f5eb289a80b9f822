import { Module, type DynamicModule } from '@nestjs/common';
import { PartnerCallers } from '../callers.js';
import { PartnerAuthorization } from './authorization/partner-authorization.js';
import { PartnerServer } from './authorization/partner-server.js';
import { StateRows } from './authorization/state-rows.js';
import { PartnerContracts } from './contracts/partner-contracts.js';
import { PartnerGrants } from './grants/partner-grants.js';
import type { PartnerHouse } from './partner-house.js';
import { PartnerQuotas } from './quotas/partner-quotas.js';
import { Delegates } from './tokens/delegates.js';
import { PartnerTokens } from './tokens/partner-tokens.js';

/** Partners: their contracts, tokens, quotas and what customers grant them. Needs CLOCK, the store and the customers. */
@Module({})
export class PartnersModule {
  /** A house without contracts has no partners: then their requests are nobody's. */
  static of({ contracts, scopes, origin, key }: PartnerHouse): DynamicModule {
    return {
      module: PartnersModule,
      global: true,
      providers: [
        { provide: PartnerContracts, useValue: new PartnerContracts(contracts, scopes) },
        { provide: PartnerServer, useValue: new PartnerServer(origin, key) },
        StateRows,
        PartnerGrants,
        PartnerQuotas,
        PartnerTokens,
        { provide: PartnerCallers, useExisting: PartnerTokens },
        Delegates,
        PartnerAuthorization,
      ],
      exports: [PartnerContracts, PartnerGrants, PartnerCallers, Delegates, PartnerAuthorization],
    };
  }
}
