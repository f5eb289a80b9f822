import { Module } from '@nestjs/common';
import { CalendarBackend } from './backend/calendar.backend.js';
import { PoolsBackend } from './backend/pools.backend.js';
import { TopUpCard } from './commands/top-up-card.js';
import { AboCardResolver } from './graph/abo-card.resolver.js';
import { CustomerPoolsResolver, PoolsCustomerResolver } from './graph/pools-customer.resolver.js';
import { OpeningDaysResolver } from './graph/opening-days.resolver.js';
import { PoolsResolver } from './graph/pools.resolver.js';
import { TopUpsResolver } from './graph/top-ups.resolver.js';
import { HoursService } from './hours.service.js';
import { PoolsCardFinder } from './pools.card-finder.js';
import { PoolsLinkProof } from './pools.link-proof.js';
import { PoolsService } from './pools.service.js';

@Module({
  providers: [
    PoolsBackend,
    CalendarBackend,
    HoursService,
    PoolsCardFinder,
    PoolsLinkProof,
    TopUpCard,
    AboCardResolver,
    PoolsService,
    CustomerPoolsResolver,
    PoolsCustomerResolver,
    PoolsResolver,
    OpeningDaysResolver,
    TopUpsResolver,
  ],
})
export class PoolsModule {}
