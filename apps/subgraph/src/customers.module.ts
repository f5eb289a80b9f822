import { Module, type DynamicModule } from '@nestjs/common';
import { accessMigrations } from '#lib/access';
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
  EntitlementChecks,
  EntitlementService,
  EpochLog,
  PostgresDirectory,
  PostgresEpochLog,
  SUBSIDIARIES,
} from '#lib/customer';
import { graphMigrations } from '#lib/graph';
import { processesMigrations } from '#lib/processes';
import { customerMigrations } from '#lib/customer';
import { StoreModule, type MigrationSet } from '#lib/store';
import type { Subsidiary } from '#lib/subsidiary-kit';

/** The same tables as the gateway's: whichever starts first makes them. */
const migrations: readonly MigrationSet[] = [
  customerMigrations,
  accessMigrations,
  processesMigrations,
  graphMigrations,
];

export interface CustomersOptions {
  /** Whose process this is: no other subsidiary can be asked here. */
  readonly only: Subsidiary;
  /** False for tools that build the program but never run it. */
  readonly open: boolean;
}

/** Customers and their rights as the gateway keeps them; here they are read, and begin to exist only there. */
@Module({})
export class CustomersModule {
  static of({ only, open }: CustomersOptions): DynamicModule {
    const shared = [
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
    ];
    return {
      module: CustomersModule,
      global: true,
      // Imported here so that it is open before anything reads from it.
      imports: [StoreModule.of({ migrations, open })],
      providers: [
        { provide: SUBSIDIARIES, useValue: [only] },
        { provide: EpochLog, useClass: PostgresEpochLog },
        ...shared.map((part) => (part === CustomerDirectory ? DIRECTORY : part)),
      ] as NonNullable<DynamicModule['providers']>,
      exports: shared,
    };
  }
}

const DIRECTORY = { provide: CustomerDirectory, useClass: PostgresDirectory };
