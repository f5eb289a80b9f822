import { Controller, Get, Global, Module, type DynamicModule } from '@nestjs/common';
import {
  AccessModule,
  AccessSettings,
  Allow,
  ChannelSettings,
  openPartnerHouse,
  PartnerSettings,
  PartnersModule,
} from '#lib/access';
import { CacheModule, CacheSettings } from '#lib/cache';
import { SecretVariables, SettingsModule, type Settings } from '#lib/config';
import { GraphModule } from '#lib/graph';
import { CLOCK, type Clock } from '#lib/kernel';
import { PartnerModule } from '#lib/partner';
import { MailSettings, ProcessesModule, ProcessesSettings } from '#lib/processes';
import { StoreSettings } from '#lib/store';
import type { Subsidiary } from '#lib/subsidiary-kit';
import { UpstreamModule, UpstreamSettings } from '#lib/upstream';
import { subsidiaries } from '#subsidiaries';
import { CustomersModule } from './customers.module.js';
import { SubgraphSettings } from './subgraph.settings.js';

/** Every settings class that the process of this subsidiary needs. */
export function settingsOf({ settings }: Subsidiary): readonly (new () => object)[] {
  return [
    SubgraphSettings,
    StoreSettings,
    CacheSettings,
    UpstreamSettings,
    AccessSettings,
    ChannelSettings,
    PartnerSettings,
    ProcessesSettings,
    MailSettings,
    settings,
  ];
}

/** For load balancers. */
@Controller('health')
class HealthController {
  @Allow({ callers: 'anyone' })
  @Get()
  health(): { status: string } {
    return { status: 'ok' };
  }
}

@Global()
@Module({})
class ClockModule {
  static of(clock: Clock): DynamicModule {
    return { module: ClockModule, providers: [{ provide: CLOCK, useValue: clock }], exports: [CLOCK] };
  }
}

export interface SubgraphOptions {
  readonly only: Subsidiary;
  readonly clock: Clock;
  /** False for tools that build the program but never run it: then no database is looked for. */
  readonly open: boolean;
}

/** One subsidiary's part of the graph, wired. */
@Module({ controllers: [HealthController] })
export class SubgraphModule {
  static of(settings: Settings, { only, clock, open }: SubgraphOptions): DynamicModule {
    const { sandboxUrl } = settings.get(SubgraphSettings) as SubgraphSettings;
    const isSandbox = sandboxUrl !== undefined;
    // Partners are served by the gateway alone; the subsidiary's own routes for them lie behind a closed door here.
    const noPartners = openPartnerHouse(new PartnerSettings(), new SecretVariables(), {
      granted: {},
      subsidiaries: [],
      sandbox: undefined,
      open: false,
    });
    return {
      module: SubgraphModule,
      imports: [
        SettingsModule.of(settings),
        ClockModule.of(clock),
        CacheModule,
        UpstreamModule,
        AccessModule,
        PartnersModule.of(noPartners),
        PartnerModule,
        CustomersModule.of({ only, open }),
        ProcessesModule.of({ subsidiaries: [only], open, sandbox: isSandbox }),
        GraphModule.of({ subsidiaries, only, introspection: isSandbox }),
      ],
    };
  }
}
