import type { Labels } from '#lib/customer';
import type { Money } from '#lib/kernel';
import { BILLING, CONTRACT_NUMBER } from '../labels.js';

/** The running instalment plan (Abschlagsplan) of a contract. */
export interface Instalment {
  readonly contractNumber: string;
  readonly amount: Money;
  /** Bounds within which the customer may change the amount. */
  readonly minimum: Money;
  readonly maximum: Money;
  /** How often it is due, in the system's own words, e.g. `monatlich`; null when it does not say. */
  readonly cycle: string | null;
}

export const instalmentLabels: Labels<Instalment> = {
  contractNumber: CONTRACT_NUMBER,
  amount: BILLING,
  minimum: BILLING,
  maximum: BILLING,
  cycle: BILLING,
};
