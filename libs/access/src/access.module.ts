import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Authenticator } from './authenticator.js';
import { Callers } from './callers.js';
import { IssuerKeys } from './issuer-keys.js';
import { AccessGuard } from './rules/access.guard.js';
import { RequireRules } from './rules/require-rules.js';
import { ScopeFactory } from './scope-factory.js';

/** Who calls, and may they; needs CLOCK, AccessSettings, Upstream and the store. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    IssuerKeys,
    Authenticator,
    Callers,
    ScopeFactory,
    RequireRules,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [ScopeFactory],
})
export class AccessModule {}
