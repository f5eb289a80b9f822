import { Module } from '@nestjs/common';
import { EnergyBackend } from './backend/energy.backend.js';
import { ChangeInstalment } from './commands/change-instalment.js';
import { SubmitReadings } from './commands/submit-readings.js';
import { EnergyLinkProof } from './energy.link-proof.js';
import { EnergyCustomerEntitlement } from './energy-customer.entitlement.js';
import { EnergyService } from './energy.service.js';
import { CustomerEnergyResolver } from './graph/customer-energy.resolver.js';
import { EnergyContractResolver } from './graph/energy-contract.resolver.js';
import { EnergyCustomerResolver } from './graph/energy-customer.resolver.js';

/** Needs Upstream, CustomerAccess, CLOCK and EnergySettings, which the gateway provides everywhere. */
@Module({
  providers: [
    EnergyBackend,
    EnergyLinkProof,
    EnergyCustomerEntitlement,
    EnergyService,
    SubmitReadings,
    ChangeInstalment,
    CustomerEnergyResolver,
    EnergyCustomerResolver,
    EnergyContractResolver,
  ],
})
export class EnergyModule {}
