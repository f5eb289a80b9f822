import { Module } from '@nestjs/common';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { ReportRepair } from './commands/report-repair.js';
import { ListingCatalogue } from './feed/listing-catalogue.js';
import { CustomerHousingResolver, HousingCustomerResolver } from './graph/housing-customer.resolver.js';
import { ListingsResolver } from './graph/listings.resolver.js';
import { RepairReportsResolver } from './graph/repair-reports.resolver.js';
import { HousingLinkProof } from './housing.link-proof.js';
import { HousingService } from './housing.service.js';
import { ListingsController } from './partner/listings.controller.js';
import { RepairReportsController } from './partner/repair-reports.controller.js';

@Module({
  controllers: [ListingsController, RepairReportsController],
  providers: [
    TenancyBackend,
    ListingCatalogue,
    HousingLinkProof,
    ReportRepair,
    HousingService,
    CustomerHousingResolver,
    HousingCustomerResolver,
    ListingsResolver,
    RepairReportsResolver,
  ],
})
export class HousingModule {}
