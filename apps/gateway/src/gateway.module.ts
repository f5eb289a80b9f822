import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AccessModule, AccessSettings, ChannelSettings, PartnerSettings, PartnersModule } from '#lib/access';
import { SettingsModule, type Settings } from '#lib/config';
import { GraphModule } from '#lib/graph';
import { PartnerModule } from '#lib/partner';
import { StoreSettings } from '#lib/store';
import { CLOCK, type Clock } from '#lib/kernel';
import { UpstreamModule, UpstreamSettings } from '#lib/upstream';
import { subsidiaries } from '#subsidiaries';
import { CustomersModule } from './customers.module.js';
import { GatewaySettings } from './gateway.settings.js';
import { HealthController } from './health.controller.js';
import { partnerHouse } from './partner-house.js';
import { SandboxChannelsModule } from './sandbox/sandbox-channels.module.js';

/** Every settings class of the gateway: its own, the libs' and the subsidiaries'. */
export const SETTINGS: readonly (new () => object)[] = [
  GatewaySettings,
  StoreSettings,
  UpstreamSettings,
  AccessSettings,
  ChannelSettings,
  PartnerSettings,
  ...subsidiaries.map(({ settings }) => settings),
];

@Global()
@Module({})
class ClockModule {
  static of(clock: Clock): DynamicModule {
    return { module: ClockModule, providers: [{ provide: CLOCK, useValue: clock }], exports: [CLOCK] };
  }
}

/** The whole gateway, wired. */
@Module({ controllers: [HealthController] })
export class GatewayModule {
  static of(settings: Settings, clock: Clock, open: boolean): DynamicModule {
    const { sandboxUrl } = settings.get(GatewaySettings) as GatewaySettings;
    return {
      module: GatewayModule,
      imports: [
        SettingsModule.of(settings),
        ClockModule.of(clock),
        UpstreamModule,
        SandboxChannelsModule,
        AccessModule,
        PartnersModule.of(partnerHouse(settings, open)),
        PartnerModule,
        CustomersModule.of(open),
        GraphModule.of({ subsidiaries, introspection: sandboxUrl !== undefined }),
      ],
    };
  }
}
