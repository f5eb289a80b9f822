import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AccessModule, AccessSettings } from '#lib/access';
import { SettingsModule, type Settings } from '#lib/config';
import { GraphModule } from '#lib/graph';
import { StoreSettings } from '#lib/store';
import { CLOCK, type Clock } from '#lib/kernel';
import { UpstreamModule, UpstreamSettings } from '#lib/upstream';
import { subsidiaries } from '#subsidiaries';
import { CustomersModule } from './customers.module.js';
import { GatewaySettings } from './gateway.settings.js';
import { HealthController } from './health.controller.js';

/** Every settings class of the gateway: its own, the libs' and the subsidiaries'. */
export const SETTINGS: readonly (new () => object)[] = [
  GatewaySettings,
  StoreSettings,
  UpstreamSettings,
  AccessSettings,
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
        AccessModule,
        CustomersModule.of(open),
        GraphModule.of({ subsidiaries, introspection: sandboxUrl !== undefined }),
      ],
    };
  }
}
