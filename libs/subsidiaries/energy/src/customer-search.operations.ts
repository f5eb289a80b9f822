import type { ReadOperation } from '#lib/upstream';
import { SAP } from './operations.js';

/** People who may not be meant: never kept. A meter's number takes several calls, one after the other. */
export const FIND_CUSTOMERS: ReadOperation = {
  ...SAP,
  name: 'energy.find-customers',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 8000,
};
