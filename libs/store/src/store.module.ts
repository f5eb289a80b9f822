import { Module, type DynamicModule } from '@nestjs/common';
import { DATA_STATE } from '#lib/kernel';
import { Store, STORE_PLAN, type StorePlan } from './store.js';

/** Provides the Store, also as DATA_STATE, everywhere; needs CLOCK and StoreSettings. */
@Module({})
export class StoreModule {
  static of(plan: StorePlan): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      providers: [{ provide: STORE_PLAN, useValue: plan }, Store, { provide: DATA_STATE, useExisting: Store }],
      exports: [Store, DATA_STATE],
    };
  }
}
