import { Global, Module } from '@nestjs/common';
import { Authenticator } from './authenticator.js';
import { IssuerKeys } from './issuer-keys.js';
import { ScopeFactory } from './scope-factory.js';

/** Who calls; needs CLOCK, AccessSettings and Upstream. */
@Global()
@Module({ providers: [IssuerKeys, Authenticator, ScopeFactory], exports: [ScopeFactory] })
export class AccessModule {}
