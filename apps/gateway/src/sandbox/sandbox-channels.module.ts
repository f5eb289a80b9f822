import { Global, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { DevelopmentChannels } from '#lib/access';
import { CLOCK, type Clock } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { GatewaySettings } from '../gateway.settings.js';
import { SandboxChannels } from './sandbox-channels.js';
import { SandboxControl } from './sandbox-control.js';

/** In sandbox mode there are channels without a setting; a real house names its own. */
const channels = {
  provide: DevelopmentChannels,
  inject: [GatewaySettings, Upstream, CLOCK, HttpAdapterHost],
  useFactory: (
    { sandboxUrl, port }: GatewaySettings,
    upstream: Upstream,
    clock: Clock,
    { httpAdapter }: HttpAdapterHost,
  ): DevelopmentChannels | undefined => {
    if (sandboxUrl === undefined) return undefined;
    const server = httpAdapter.getHttpServer() as { address(): { readonly port: number } | string | null };
    return new SandboxChannels(new SandboxControl(sandboxUrl, upstream, clock), () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    });
  },
};

@Global()
@Module({ providers: [channels], exports: [DevelopmentChannels] })
export class SandboxChannelsModule {}
