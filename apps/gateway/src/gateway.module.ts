import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AccessModule, AccessSettings, ChannelSettings, PartnerSettings, PartnersModule } from '#lib/access';
import { CacheModule, CacheSettings } from '#lib/cache';
import { SettingsModule, type Settings } from '#lib/config';
import { GraphModule, ReuseSettings } from '#lib/graph';
import { PartnerModule } from '#lib/partner';
import { MailSettings, ProcessesModule, ProcessesSettings } from '#lib/processes';
import { StoreSettings } from '#lib/store';
import { CLOCK, type Clock } from '#lib/kernel';
import { UpstreamModule, UpstreamSettings } from '#lib/upstream';
import { subsidiaries } from '#subsidiaries';
import { CustomersModule } from './customers.module.js';
import { GatewaySettings } from './gateway.settings.js';
import { HealthController } from './health.controller.js';
import { partnerHouse } from './partner-house.js';
import { ReceiptKeysController } from './receipt-keys.controller.js';
import { SandboxChannelsModule } from './sandbox/sandbox-channels.module.js';

/** Every settings class of the gateway: its own, the libs' and the subsidiaries'. */
export const SETTINGS: readonly (new () => object)[] = [
  GatewaySettings,
  StoreSettings,
  CacheSettings,
  UpstreamSettings,
  ReuseSettings,
  AccessSettings,
  ChannelSettings,
  PartnerSettings,
  ProcessesSettings,
  MailSettings,
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
@Module({ controllers: [HealthController, ReceiptKeysController] })
export class GatewayModule {
  static of(settings: Settings, clock: Clock, open: boolean): DynamicModule {
    const { sandboxUrl } = settings.get(GatewaySettings) as GatewaySettings;
    return {
      module: GatewayModule,
      imports: [
        SettingsModule.of(settings),
        ClockModule.of(clock),
        CacheModule,
        UpstreamModule,
        SandboxChannelsModule,
        AccessModule,
        PartnersModule.of(partnerHouse(settings, open)),
        PartnerModule,
        CustomersModule.of(open),
        ProcessesModule.of({ subsidiaries, open, sandbox: sandboxUrl !== undefined }),
        GraphModule.of({ subsidiaries, introspection: sandboxUrl !== undefined }),
      ],
    };
  }
}
