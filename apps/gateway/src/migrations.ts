import { accessMigrations } from '#lib/access';
import { customerMigrations } from '#lib/customer';
import { graphMigrations } from '#lib/graph';
import { processesMigrations } from '#lib/processes';
import type { MigrationSet } from '#lib/store';

/** The tables of all libs; every program that opens the store knows them all. */
export const migrations: readonly MigrationSet[] = [
  customerMigrations,
  accessMigrations,
  processesMigrations,
  graphMigrations,
];
