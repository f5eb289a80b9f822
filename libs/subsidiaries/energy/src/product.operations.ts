import type { ReadOperation } from '#lib/upstream';
import { asOfNow, CONTRACTS } from './operations.js';

/** Contracts with terms and products, asked anew each time: what is about to be changed must not be judged by what was. */
export const CHANGEABLE_CONTRACTS: ReadOperation = asOfNow({ ...CONTRACTS, name: 'energy.changeable-contracts' });

/** Which products contracts have over time; changes when one is ordered. */
export const PRODUCT_SLICES: ReadOperation = { ...CONTRACTS, name: 'energy.product-slices' };
