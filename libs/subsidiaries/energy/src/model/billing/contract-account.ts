import type { Labels } from '#lib/customer';
import type { Money } from '#lib/kernel';
import { BILLING, CONTRACT_NUMBER } from '../labels.js';

/** A contract account (Vertragskonto): what its contracts are billed and paid through. */
export interface ContractAccount {
  readonly number: string;
  /** What is owed in all; negative for a credit balance (Guthaben). */
  readonly balance: Money;
  /** What is to be paid, before credits are set against it. */
  readonly debits: Money;
  /** Credits that are not yet set against anything; zero or negative. */
  readonly credits: Money;
  /** Number of the bank account that is debited under the customer's mandate; null where the customer transfers. */
  readonly debitedBankAccount: string | null;
}

export const contractAccountLabels: Labels<ContractAccount> = {
  number: CONTRACT_NUMBER,
  balance: BILLING,
  debits: BILLING,
  credits: BILLING,
  debitedBankAccount: BILLING,
};

/** A plan (Ratenplan) by which a contract's debt is paid off. */
export interface PaymentPlan {
  readonly contractNumber: string;
  /** Each part. */
  readonly amount: Money;
  /** What is paid off by the plan. */
  readonly debt: Money;
  /** Month of the first part, `2026-12`. */
  readonly startsIn: string;
  /** In the system's own words, e.g. `monatlich`. */
  readonly cycle: string | null;
}

export const paymentPlanLabels: Labels<PaymentPlan> = {
  contractNumber: CONTRACT_NUMBER,
  amount: BILLING,
  debt: BILLING,
  startsIn: BILLING,
  cycle: BILLING,
};
