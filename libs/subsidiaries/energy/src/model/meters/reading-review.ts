import type { Omission, Refusal } from '#lib/kernel';
import { hasGaps } from '../gaps.js';
import type { KeptReading, ReadingState } from './kept-reading.js';
import { parseReadingId } from './meter-id.js';
import type { Meter } from './meter.js';
import { problemAt, refusalBy, type Objection } from './objection.js';
import { sameNumber } from '../sap-number.js';

/** What an agent makes of a reading that is locked: it counts, or it stays out of the bill. */
export const READING_DECISIONS = ['RELEASE', 'REJECT'] as const;
export type ReadingDecision = (typeof READING_DECISIONS)[number];

/** An agent's decision about one reading. */
export type ReviewWish = {
  readonly readingId: string;
  readonly decision: ReadingDecision;
  /** Why, in the agent's words; kept with the process. */
  readonly reason: string;
};

/** A customer's meters and the readings of one of them, each with what could not be read. */
export interface KnownReadings {
  readonly meters: { readonly value: readonly Meter[]; readonly omissions: readonly Omission[] };
  readonly readings: { readonly value: readonly KeptReading[]; readonly omissions: readonly Omission[] };
}

const SHORTEST_REASON = 3;
const LONGEST_REASON = 200;

/** States in which a reading waits for a decision (domain.md section 1: 2 and 3). */
const UNDECIDED: ReadonlySet<ReadingState> = new Set(['IMPLAUSIBLE', 'LOCKED']);

/** The state that a decision leads to. */
export function stateAfter(decision: ReadingDecision): ReadingState {
  return decision === 'RELEASE' ? 'RELEASED' : 'LOCKED';
}

/** What stands against the wish whatever SAP says: another customer's reading, no reason. */
export function refusalOfReview({ readingId, reason }: ReviewWish, account: string): Refusal | null {
  const isOwn = parseReadingId(readingId)?.account === account;
  return refusalBy([
    ...problemAt('readingId', isOwn ? null : { code: 'NOT_YOURS' }),
    ...problemAt('reason', objectionToReason(reason)),
  ]);
}

/**
 * What stands against the wish by SAP's own lists. A reading that is as wished already is no objection: that is what an
 * earlier attempt without an answer leaves behind. Null also where the lists do not tell.
 */
export function refusalByReadings(wish: ReviewWish, known: KnownReadings): Refusal | null {
  const reading = readingOf(wish, known);
  if (reading === undefined) {
    const mayBeThere = hasGaps(known.meters) || hasGaps(known.readings);
    return mayBeThere ? null : refusalBy(problemAt('readingId', { code: 'NOT_YOURS' }));
  }
  const isPossible = UNDECIDED.has(reading.state) || isReviewed(wish, reading);
  return isPossible ? null : refusalBy(problemAt('readingId', { code: 'NOT_POSSIBLE' }));
}

/** The reading that the wish is about; undefined when it is none of this customer's under their contract. */
export function readingOf({ readingId }: ReviewWish, { meters, readings }: KnownReadings): KeptReading | undefined {
  const key = parseReadingId(readingId);
  if (key === undefined) return undefined;
  const meter = meters.value.find(
    ({ number, contractNumber }) => sameNumber(number, key.device) && sameNumber(contractNumber, key.contract),
  );
  return readings.value.find(
    ({ number, date }) => meter !== undefined && sameNumber(number, key.reading) && date >= meter.since,
  );
}

/** Whether the reading shows that the wish has been carried out. */
export function isReviewed({ decision }: ReviewWish, { state }: Pick<KeptReading, 'state'>): boolean {
  return state === stateAfter(decision);
}

function objectionToReason(reason: string): Objection | null {
  if (reason.trim().length < SHORTEST_REASON) return { code: 'TEXT_MISSING' };
  return reason.length > LONGEST_REASON ? { code: 'TEXT_TOO_LONG' } : null;
}
