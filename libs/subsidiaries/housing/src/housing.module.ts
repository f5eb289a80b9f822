import { Module } from '@nestjs/common';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { ReportRepair } from './commands/report-repair.js';
import { ListingCatalogue } from './feed/listing-catalogue.js';
import { CustomerHousingResolver, HousingCustomerResolver } from './graph/housing-customer.resolver.js';
import { ListingsResolver } from './graph/listings.resolver.js';
import { HousingLinkProof } from './housing.link-proof.js';
import { HousingService } from './housing.service.js';
import { ListingsController } from './partner/listings.controller.js';

@Module({
  controllers: [ListingsController],
  providers: [
    TenancyBackend,
    ListingCatalogue,
    HousingLinkProof,
    ReportRepair,
    HousingService,
    CustomerHousingResolver,
    HousingCustomerResolver,
    ListingsResolver,
  ],
})
export class HousingModule {}
