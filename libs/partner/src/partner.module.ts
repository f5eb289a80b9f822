import { Module } from '@nestjs/common';
import { EntitlementChecksController } from './entitlements/entitlement-checks.controller.js';
import { ProcessesController } from './processes/processes.controller.js';

/** Partner routes that belong to no subsidiary alone. */
@Module({ controllers: [EntitlementChecksController, ProcessesController] })
export class PartnerModule {}
