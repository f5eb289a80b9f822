import { attemptMigrations, mandateMigrations } from '../mandates/mandate.migrations.js';
import { partnerMigrations } from '../partners/partner.migrations.js';
import { sessionMigrations } from '../sessions/session.migrations.js';

/** The tables of this lib, step by step, in the order of their names; they refer to those of `customer`. */
export const accessMigrations = {
  owner: 'access',
  migrations: [...sessionMigrations, ...mandateMigrations, ...partnerMigrations, ...attemptMigrations],
};
