import {
  addDays,
  compareDecimals,
  parseDecimal,
  parseGlobalId,
  type CalendarDate,
  type DecimalText,
  type Omission,
  type Refusal,
} from '#lib/kernel';
import { hasGaps } from '../gaps.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { sameNumber } from '../sap-number.js';

/** A contract with its instalment plan. Never leaves this lib. */
export interface PlannedContract {
  readonly contractNumber: string;
  /** Null when none is running. */
  readonly plan: InstalmentPlan | null;
}

/** An instalment plan as the system keeps it, with what changing it needs. */
export interface InstalmentPlan {
  readonly planNumber: string;
  readonly amount: DecimalText;
  readonly minimum: DecimalText;
  readonly maximum: DecimalText;
  /** Day from which the amount was last changed, or the next can be: service packs differ. */
  readonly changeFrom: CalendarDate | null;
  /** Last day of the plan; null while it is open-ended. */
  readonly until: CalendarDate | null;
  /** Version of the plan, where the system keeps one. */
  readonly etag: string | null;
}

/** A new amount for the instalment of a contract, as a customer gives it. */
export type InstalmentWish = {
  readonly contractId: string;
  /** As it was typed: whether it is an amount is a rule, not a matter of form. */
  readonly amount: string;
  /** First day of the new amount. */
  readonly from: CalendarDate;
  /** The amount that the customer saw when deciding. */
  readonly seen: DecimalText;
};

/** What is known of a customer's plans: the list, and what of it could not be read. */
export interface KnownPlans {
  readonly value: readonly PlannedContract[];
  readonly omissions: readonly Omission[];
}

/** House rule: a plan is made anew with each yearly bill, so that what comes after the next one is a slip of the pen. */
const LONGEST_AHEAD_DAYS = 366;
/** Euro and cents; more decimals are refused rather than rounded. */
const PLAIN = /^\d{1,12}(?:\.(\d{1,20}))?$/;

/** What stands against the wish whatever SAP says: no amount, a day that has passed or lies too far ahead. */
export function refusalOfWish(wish: InstalmentWish, today: CalendarDate): Refusal | null {
  const { amount, from } = wish;
  return refusalBy([
    ...problemAt('contractId', contractNumberOf(wish) === undefined ? { code: 'NOT_YOURS' } : null),
    ...problemAt('amount', objectionToAmount(amount)),
    ...problemAt('from', from < today ? { code: 'DATE_TOO_EARLY', earliest: today } : null),
    ...problemAt('from', from > addDays(today, LONGEST_AHEAD_DAYS) ? { code: 'DATE_TOO_LATE' } : null),
  ]);
}

/**
 * What stands against the wish by SAP's own plan. An amount that is the wished one already is no objection, whatever was
 * seen: it is what an earlier attempt without an answer leaves behind. Null also where the list does not tell.
 */
export function refusalByPlans(wish: InstalmentWish, known: KnownPlans): Refusal | null {
  const contract = contractOf(wish, known);
  if (contract === undefined) {
    return hasGaps(known) ? null : refusalBy(problemAt('contractId', { code: 'NOT_YOURS' }));
  }
  const { plan } = contract;
  if (plan === null) return refusalBy(problemAt('contractId', { code: 'NOT_POSSIBLE' }));
  return refusalBy([
    ...problemAt('seen', objectionToSeen(wish, plan)),
    ...problemAt('amount', objectionToBounds(wish.amount, plan)),
    ...problemAt('from', plan.until !== null && wish.from > plan.until ? { code: 'DATE_TOO_LATE' } : null),
  ]);
}

/** The number in the wish's id; undefined when it is not the id of a contract. */
export function contractNumberOf({ contractId }: InstalmentWish): string | undefined {
  const parsed = parseGlobalId(contractId);
  return parsed?.type === 'EnergyContract' ? parsed.key : undefined;
}

/** The contract that the wish is about; undefined when it is not in the list. */
export function contractOf(wish: InstalmentWish, { value }: KnownPlans): PlannedContract | undefined {
  const number = contractNumberOf(wish);
  return value.find(({ contractNumber }) => number !== undefined && sameNumber(contractNumber, number));
}

/** The amount with its cents; undefined when it is none. */
export function amountOf({ amount }: InstalmentWish): DecimalText | undefined {
  return objectionToAmount(amount) === null ? parseDecimal(amount) : undefined;
}

/**
 * Whether the plan shows that the wish has been carried out. Its amount tells when it was another one before; where it
 * was not, only the day of the change does.
 */
export function isCarriedOut(wish: InstalmentWish, plan: InstalmentPlan): boolean {
  return plan.amount === amountOf(wish) && (plan.amount !== wish.seen || plan.changeFrom === wish.from);
}

function objectionToAmount(amount: string): Objection | null {
  const match = PLAIN.exec(amount);
  if (match === null) return { code: 'NOT_A_NUMBER' };
  return (match[1] ?? '').replace(/0+$/, '').length > 2 ? { code: 'TOO_MANY_DECIMALS' } : null;
}

function objectionToSeen(wish: InstalmentWish, { amount }: InstalmentPlan): Objection | null {
  if (wish.seen === amount || amountOf(wish) === amount) return null;
  return { code: 'CHANGED_MEANWHILE', choices: [{ value: amount, label: `${amount} EUR` }] };
}

/** Within what SAP names as LowerLimitAmount and UpperLimitAmount (domain.md section 1), both inclusive. */
function objectionToBounds(text: string, { minimum, maximum }: InstalmentPlan): Objection | null {
  const objection = objectionToAmount(text);
  const amount = parseDecimal(text);
  if (objection !== null || amount === undefined) return objection ?? { code: 'NOT_A_NUMBER' };
  const isWithin = compareDecimals(amount, minimum) >= 0 && compareDecimals(amount, maximum) <= 0;
  return isWithin ? null : { code: 'AMOUNT_OUT_OF_BOUNDS', minimum, maximum };
}
