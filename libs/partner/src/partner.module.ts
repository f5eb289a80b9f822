import { Module } from '@nestjs/common';
import { EntitlementChecksController } from './entitlements/entitlement-checks.controller.js';

/** Partner routes that belong to no subsidiary alone. */
@Module({ controllers: [EntitlementChecksController] })
export class PartnerModule {}
