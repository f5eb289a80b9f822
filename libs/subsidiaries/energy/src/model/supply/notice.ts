import { addDays, type CalendarDate, type Refusal } from '#lib/kernel';
import { hasGaps } from '../gaps.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { contractIn, contractNumberIn, type KnownContracts, type SupplyContract } from './supply-contract.js';
import { earliestLastDay } from './supply-dates.js';
import { earliestEnd } from '../contracts/terms.js';

/**
 * Ways to end a contract by notice (Kündigung).
 * - ORDINARY: with the notice period, not before the term ends.
 * - RELOCATION: extraordinary, because the customer moves (§ 41b (5) EnWG).
 * - PRICE_CHANGE: extraordinary, because the supplier changes the price (§ 41 (5) EnWG).
 * - GOOD_CAUSE: extraordinary, for any other important reason (§ 314 BGB).
 */
export const NOTICE_KINDS = ['ORDINARY', 'RELOCATION', 'PRICE_CHANGE', 'GOOD_CAUSE'] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A notice as a customer gives it. */
export type NoticeWish = {
  readonly contractId: string;
  readonly kind: NoticeKind;
  /** In the customer's words; needed for PRICE_CHANGE and GOOD_CAUSE. */
  readonly reason: string | null;
  /** Wished last day of supply; null: as soon as possible. */
  readonly until: CalendarDate | null;
};

/** § 41b (5) EnWG. */
const RELOCATION_DAYS = 42;
/** A slip of the pen rather than a plan [A]. */
const LATEST_DAYS = 2 * 365;

/** What stands against the wish whatever SAP says. */
export function refusalOfNotice({ contractId, kind, reason, until }: NoticeWish, today: CalendarDate): Refusal | null {
  const needsReason = kind === 'PRICE_CHANGE' || kind === 'GOOD_CAUSE';
  return refusalBy([
    ...problemAt('contractId', contractNumberIn(contractId) === undefined ? { code: 'NOT_YOURS' } : null),
    ...problemAt('reason', needsReason && reason === null ? { code: 'TEXT_MISSING' } : null),
    ...problemAt('until', until !== null && until > addDays(today, LATEST_DAYS) ? { code: 'DATE_TOO_LATE' } : null),
  ]);
}

/** What stands against it by SAP's own contracts; null also where the list does not tell. */
export function refusalByContract(wish: NoticeWish, known: KnownContracts, receivedOn: CalendarDate): Refusal | null {
  const contract = contractIn(wish.contractId, known);
  if (contract === undefined) {
    return hasGaps(known) ? null : refusalBy(problemAt('contractId', { code: 'NOT_YOURS' }));
  }
  return refusalBy([
    ...problemAt('contractId', objectionToSecondEnd(wish, contract, receivedOn)),
    ...problemAt('until', objectionToDay(wish, contract, receivedOn)),
  ]);
}

/**
 * The first day on which a contract can end by such a notice, received on that day. Null where a person must decide:
 * whether a cause is good enough, when a new price begins, or because the system knows no notice period.
 */
export function earliestEndByNotice(
  kind: NoticeKind,
  { commodity, terms, from }: SupplyContract,
  receivedOn: CalendarDate,
): CalendarDate | null {
  const end = endByLaw(kind, terms, receivedOn);
  if (end === null) return null;
  const possible = commodity === 'POWER' ? earliestLastDay(commodity, receivedOn) : receivedOn;
  return [end, possible, from].toSorted().at(-1)!;
}

/** The last day of supply that the notice comes to; null where a person must decide. */
export function endByNotice(
  { kind, until }: Pick<NoticeWish, 'kind' | 'until'>,
  contract: SupplyContract,
  receivedOn: CalendarDate,
): CalendarDate | null {
  const earliest = earliestEndByNotice(kind, contract, receivedOn);
  return earliest !== null && until !== null && until > earliest ? until : earliest;
}

function endByLaw(kind: NoticeKind, terms: SupplyContract['terms'], receivedOn: CalendarDate): CalendarDate | null {
  if (kind === 'RELOCATION') return addDays(receivedOn, RELOCATION_DAYS);
  return kind === 'ORDINARY' && terms !== null ? earliestEnd(terms, receivedOn) : null;
}

/** An end that this very notice came to is no objection: it is what an attempt without an answer leaves behind. */
function objectionToSecondEnd(wish: NoticeWish, contract: SupplyContract, receivedOn: CalendarDate): Objection | null {
  const end = endByNotice(wish, contract, receivedOn);
  const { until } = contract;
  return until !== null && (end === null || until < end) ? { code: 'ALREADY_ENDING' } : null;
}

function objectionToDay(
  { kind, until }: NoticeWish,
  contract: SupplyContract,
  receivedOn: CalendarDate,
): Objection | null {
  const earliest = earliestEndByNotice(kind, contract, receivedOn);
  if (until === null || earliest === null || until >= earliest) return null;
  return { code: 'DATE_TOO_EARLY', earliest };
}
