import type { ReadOperation } from '#lib/upstream';
import { SAP } from './operations.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Contracts with terms, asked anew each time: what is about to be ended must not be judged by what was. */
export const SUPPLY_CONTRACTS: ReadOperation = {
  ...SAP,
  name: 'energy.supply-contracts',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 6 * SECOND,
};

/** A single contract by its number, whoever has it: compared with a declaration, never shown. */
export const ANY_CONTRACT: ReadOperation = {
  ...SAP,
  name: 'energy.any-contract',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 10 * SECOND,
};

/** Whether SAP would end a contract at all. */
export const CAN_END: ReadOperation = { ...ANY_CONTRACT, name: 'energy.can-end', deadlineMs: 6 * SECOND };

/** A place of supply by its number of the market. */
export const PLACE: ReadOperation = { ...ANY_CONTRACT, name: 'energy.place', deadlineMs: 6 * SECOND };

/** A product; the catalogue changes over night at most. */
export const PRODUCT: ReadOperation = {
  ...SAP,
  name: 'energy.product',
  ttlMs: 15 * MINUTE,
  staleForMs: 0,
  deadlineMs: 6 * SECOND,
};
