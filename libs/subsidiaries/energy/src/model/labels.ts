import type { Label } from '#lib/customer';

/** Numbers of contracts and accounts: needed to find them at any counter, of no use for an offer. */
export const CONTRACT_NUMBER: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE'], grid: false };

/** What is supplied and since when. Who agreed to marketing may be offered something that goes with it. */
export const PRODUCT: Label = { category: 'CONTRACT', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: false };

/** Where is supplied: advice on a move needs it, and an offer depends on the place. */
export const ADDRESS: Label = { category: 'ADDRESS', purposes: ['COUNTER_ADVICE', 'MARKETING'], grid: false };

/** What is asked for and owed. Amounts follow consumption and debts, so they are never used for marketing. */
export const BILLING: Label = { category: 'BILLING', purposes: ['COUNTER_ADVICE'], grid: false };

/** Bank accounts: they serve payment and nothing else, so no other company gets them. */
export const PAYMENT: Label = { category: 'BILLING', purposes: [], grid: false };

/** What belongs to the network operator: it serves the supply and nothing else, so no other company gets it. */
export const GRID: Label = { category: 'CONTRACT', purposes: [], grid: true };

/** Scopes by which customers hand data of the grid to partners, one for each kind of data. */
export const LOCATIONS_SCOPE = 'energy.locations:read';
export const READINGS_SCOPE = 'energy.readings:read';
export const CONSUMPTION_SCOPE = 'energy.consumption:read';

/** Where the network ends: market and metering location. */
export const LOCATION: Label = { ...GRID, grantedBy: LOCATIONS_SCOPE };

/** What stands on the wall: meters and registers. */
export const METER: Label = { ...GRID, grantedBy: READINGS_SCOPE };

/** What meters show. It tells how people live; it serves the network and the bill, and nothing else. */
export const METERED: Label = { category: 'CONSUMPTION', purposes: [], grid: true, grantedBy: READINGS_SCOPE };

/** What was consumed, as closed as the readings from which it follows. */
export const CONSUMED: Label = { ...METERED, grantedBy: CONSUMPTION_SCOPE };

/** Of which contract and in which unit something was consumed. */
export const CONSUMED_WHERE: Label = { ...GRID, grantedBy: CONSUMPTION_SCOPE };

/** Invoices as they were sent: readings, consumption and market location stand on them, so they are as closed as those. */
export const INVOICED: Label = { category: 'BILLING', purposes: [], grid: true };
