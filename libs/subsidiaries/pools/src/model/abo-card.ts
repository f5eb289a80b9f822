import { money, type Money } from '#lib/kernel';

/** A way to buy the AboCard of GalaxSea. */
export interface AboCardProduct {
  /** Key in global ids; never changes. */
  readonly key: string;
  readonly name: string;
  /** People who may use it. */
  readonly persons: number;
  /** For those entitled; nobody else can buy it. */
  readonly pricePerMonth: Money;
}

/** The AboCards of GalaxSea, for customers of Stadtwerke Energie only. No legacy system lists them. */
export const ABO_CARDS: readonly AboCardProduct[] = [
  { key: 'abocard', name: 'AboCard', persons: 1, pricePerMonth: money('29.00') },
  { key: 'familien-abocard', name: 'FamilienAboCard', persons: 5, pricePerMonth: money('39.00') },
];
