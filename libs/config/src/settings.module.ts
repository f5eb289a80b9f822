import { Module, type DynamicModule } from '@nestjs/common';
import type { Settings } from './load-settings.js';

/** Provides loaded settings under their class, everywhere. */
@Module({})
export class SettingsModule {
  static of(loaded: Settings): DynamicModule {
    const providers = [...loaded].map(([settings, instance]) => ({ provide: settings, useValue: instance }));
    return { module: SettingsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
