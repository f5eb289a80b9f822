import type { ReadOperation } from '#lib/upstream';
import { SAP } from './operations.js';

const MINUTE = 60_000;

/** The list of one commodity, the same for everyone; prices change on announced days, which stand in the list itself. */
export const TARIFFS: ReadOperation = {
  ...SAP,
  name: 'energy.tariffs',
  ttlMs: 15 * MINUTE,
  staleForMs: 24 * 60 * MINUTE,
  deadlineMs: 6000,
};
