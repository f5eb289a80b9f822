import { Module, type DynamicModule } from '@nestjs/common';
import { Store, STORE_PLAN, type StorePlan } from './store.js';

/** Provides the Store everywhere; needs CLOCK and StoreSettings. */
@Module({})
export class StoreModule {
  static of(plan: StorePlan): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [{ provide: STORE_PLAN, useValue: plan }, Store],
      exports: [Store],
    };
  }
}
