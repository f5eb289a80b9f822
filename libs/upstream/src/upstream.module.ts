import { Global, Module } from '@nestjs/common';
import { Upstream } from './upstream.js';

/** Provides the one door to the network everywhere; needs CLOCK and UpstreamSettings. */
@Global()
@Module({ providers: [Upstream], exports: [Upstream] })
export class UpstreamModule {}
