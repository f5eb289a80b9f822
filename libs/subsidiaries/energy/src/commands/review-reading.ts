import { Inject, Injectable } from '@nestjs/common';
import { CustomerDirectory } from '#lib/customer';
import { AppError, CLOCK, Refusal, type Clock, type RequestScope } from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadOperation } from '#lib/upstream';
import { EnergyBackend } from '../backend/energy.backend.js';
import { ReadingReviewBackend } from '../backend/meters/reading-review.backend.js';
import type { SapRefusal } from '../backend/sap/write-answer.js';
import { hasGaps } from '../model/gaps.js';
import { parseReadingId } from '../model/meters/meter-id.js';
import {
  isReviewed,
  READING_DECISIONS,
  readingOf,
  refusalByReadings,
  refusalOfReview,
  type KnownReadings,
  type ReadingDecision,
  type ReviewWish,
} from '../model/meters/reading-review.js';
import { shownNumber } from '../model/sap-number.js';
import { asOfNow, ENERGY_KEY, METER_READINGS, METERS, SAP } from '../operations.js';
import { ownServiceAgent } from '../own-agent.js';
import { scopeOf } from './attempt-scope.js';
import { judgeKnown, type Asked } from './judge-known.js';
import { invalid, objectAt, textAt } from './parse-input.js';

/** What was decided about which reading. */
export type ReviewResult = { readonly readingId: string; readonly decision: ReadingDecision };

type ReviewEffect = Effect<ReviewResult>;

const LONGEST_ID = 400;
/** How long a reason may be is told by a refusal. */
const LONGEST_REASON = 2_000;

/** An agent releases an implausible reading (Zählerstand), or keeps it out of the bill. */
@Injectable()
export class ReviewReading implements Command<ReviewWish, ReviewResult> {
  readonly kind = 'energy.review-reading';
  readonly dedupe = 'naturalKey';
  readonly system = SAP.system;
  /** It speaks of a reading. */
  readonly grid = true;
  readonly title = { de: 'Zählerstand prüfen', 'de-simple': 'Zählerstand prüfen', en: 'Review a meter reading' };
  readonly attemptMs = 25_000;
  /** Three days, as for the reading itself. */
  readonly deadlineMs = 3 * 24 * 60 * 60 * 1000;

  constructor(
    private readonly backend: EnergyBackend,
    private readonly reviews: ReadingReviewBackend,
    private readonly upstream: Upstream,
    private readonly customers: CustomerDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): ReviewWish {
    const fields = objectAt(input, '$');
    const wished = textAt(fields, 'decision', 'decision', 20);
    const decision = READING_DECISIONS.find((each) => each === wished);
    if (decision === undefined) throw invalid('decision', `must be one of ${READING_DECISIONS.join(', ')}`);
    return {
      readingId: textAt(fields, 'readingId', 'readingId', LONGEST_ID),
      decision,
      reason: textAt(fields, 'reason', 'reason', LONGEST_REASON),
    };
  }

  /** One reading is decided about at a time. */
  naturalKey({ readingId }: ReviewWish): string {
    const reading = parseReadingId(readingId)?.reading;
    return reading === undefined ? readingId.slice(0, 200) : shownNumber(reading);
  }

  /** @throws AppError FORBIDDEN for anyone but this company's service: no edge lets others in */
  async check(wish: ReviewWish, { account, scope }: CommandRequest): Promise<Refusal | null> {
    ownServiceAgent(scope);
    const refusal = refusalOfReview(wish, account);
    if (refusal !== null) return refusal;
    const epoch = await this.customers.dataEpoch(ENERGY_KEY, account);
    const judgement = await judgeKnown(
      () => this.known(wish, { account, epoch }, scope, (operation) => operation),
      () => this.known(wish, { account, epoch }, scope, asOfNow),
      (known) => refusalByReadings(wish, known),
    );
    return judgement.refusal;
  }

  async execute(wish: ReviewWish, attempt: Attempt): Promise<ReviewEffect> {
    const { account, signal } = attempt;
    const known = await this.known(wish, attempt, scopeOf(attempt, this.clock), asOfNow);
    const refusal = refusalOfReview(wish, account) ?? refusalByReadings(wish, known);
    if (refusal !== null) return { kind: 'refused', refusal };
    const reading = readingOf(wish, known);
    if (reading === undefined) throw new AppError('UPSTREAM_MALFORMED', 'a reading is unreadable');
    if (isReviewed(wish, reading)) return doneWith(wish);
    await attempt.intend();
    const written = await this.upstream.write({ ...SAP, account, signal }, (call) =>
      this.reviews.decide(reading.number, wish.decision, call),
    );
    return written.kind === 'taken' ? doneWith(wish) : this.afterRefusal(wish, attempt, written.refusal);
  }

  /** Whether the reading is in the wished state. @throws AppError UPSTREAM_MALFORMED when it cannot be read */
  async readBack(wish: ReviewWish, attempt: Omit<Attempt, 'intend'>): Promise<ReviewEffect | null> {
    const known = await this.known(wish, attempt, scopeOf(attempt, this.clock), asOfNow);
    const reading = readingOf(wish, known);
    if (reading === undefined && (hasGaps(known.meters) || hasGaps(known.readings))) {
      throw new AppError('UPSTREAM_MALFORMED', 'a reading is unreadable');
    }
    return reading !== undefined && isReviewed(wish, reading) ? doneWith(wish) : null;
  }

  /** SAP refuses a second release: it may be that an attempt of ours, whose answer was lost, was the first. */
  private async afterRefusal(wish: ReviewWish, attempt: Attempt, { message }: SapRefusal): Promise<ReviewEffect> {
    const stored = await this.readBack(wish, attempt);
    if (stored !== null) return stored;
    return { kind: 'refused', refusal: new Refusal('NOT_POSSIBLE', { subsidiaryMessage: message ?? undefined }) };
  }

  /** One after the other, as in SubmitReadings: a breaker that is half open lets one read through. */
  private async known(
    { readingId }: ReviewWish,
    { account, epoch = 0 }: Asked,
    scope: RequestScope,
    asked: (operation: ReadOperation) => ReadOperation,
  ): Promise<KnownReadings> {
    const device = parseReadingId(readingId)?.device ?? '';
    const meters = await this.upstream.read(
      { operation: asked(METERS), account, epoch, args: [], load: (call) => this.backend.listMeters(account, call) },
      scope,
    );
    const readings = await this.upstream.read(
      {
        operation: asked(METER_READINGS),
        account,
        epoch,
        args: [device],
        load: (call) => this.backend.listReadingHistory(device, call),
      },
      scope,
    );
    return { meters, readings };
  }
}

function doneWith({ readingId, decision }: ReviewWish): ReviewEffect {
  return { kind: 'done', result: { readingId, decision } };
}
