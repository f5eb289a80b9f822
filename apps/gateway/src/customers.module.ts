import { Module, type DynamicModule } from '@nestjs/common';
import {
  AccessRecord,
  Coherence,
  ConsentService,
  Contributions,
  CustomerAccess,
  CustomerDirectory,
  CustomerNumbers,
  CustomerRights,
  CustomerSearches,
  CustomerSeed,
  EntitlementChecks,
  EntitlementService,
  EpochLog,
  LetterDispatch,
  LinkService,
  PostgresDirectory,
  PostgresEpochLog,
  SUBSIDIARIES,
} from '#lib/customer';
import { CLOCK, type Clock } from '#lib/kernel';
import { StoreModule } from '#lib/store';
import { Upstream } from '#lib/upstream';
import { GatewaySettings } from './gateway.settings.js';
import { SandboxControl } from './sandbox/sandbox-control.js';
import { subsidiaries } from '#subsidiaries';
import { migrations } from './migrations.js';
import { NoLetterDispatch } from './no-letter-dispatch.js';
import { SandboxLetters } from './sandbox/sandbox-letters.js';
import { SandboxSeed } from './sandbox/sandbox-seed.js';

const fromSandbox = [GatewaySettings, Upstream, CLOCK];

/** In sandbox mode customers begin at their first sign-in; without a sandbox only those in the database exist. */
const seed = {
  provide: CustomerSeed,
  inject: fromSandbox,
  useFactory: ({ sandboxUrl }: GatewaySettings, upstream: Upstream, clock: Clock): CustomerSeed | undefined =>
    sandboxUrl === undefined ? undefined : new SandboxSeed(new SandboxControl(sandboxUrl, upstream, clock), clock),
};

/** In sandbox mode letters go into its tray; a real print shop is not connected yet. */
const letters = {
  provide: LetterDispatch,
  inject: fromSandbox,
  useFactory: ({ sandboxUrl }: GatewaySettings, upstream: Upstream, clock: Clock): LetterDispatch =>
    sandboxUrl === undefined
      ? new NoLetterDispatch()
      : new SandboxLetters(new SandboxControl(sandboxUrl, upstream, clock)),
};

/** Customers, their rights and the record of access, over the store. */
@Module({})
export class CustomersModule {
  /** @param open false for tools that build the program but never run it */
  static of(open: boolean): DynamicModule {
    return {
      module: CustomersModule,
      global: true,
      // Imported here so that it is open before anything reads from it.
      imports: [StoreModule.of({ migrations, open })],
      providers: [
        seed,
        letters,
        { provide: SUBSIDIARIES, useValue: subsidiaries },
        Contributions,
        { provide: EpochLog, useClass: PostgresEpochLog },
        { provide: CustomerDirectory, useClass: PostgresDirectory },
        Coherence,
        CustomerAccess,
        CustomerNumbers,
        CustomerRights,
        CustomerSearches,
        AccessRecord,
        ConsentService,
        EntitlementChecks,
        EntitlementService,
        LinkService,
      ],
      exports: [
        Coherence,
        CustomerAccess,
        CustomerDirectory,
        CustomerNumbers,
        CustomerRights,
        CustomerSearches,
        AccessRecord,
        ConsentService,
        Contributions,
        EntitlementChecks,
        EntitlementService,
        LinkService,
      ],
    };
  }
}
