import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, type Clock, type Instant, type Reading, type RequestScope } from '#lib/kernel';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { HafasBackend } from './backend/hafas.backend.js';
import { Impatience } from './impatience.js';
import { DEPARTURES, STOP, STOPS } from './operations.js';
import type { DepartureBoard } from './model/departure-board.js';
import type { Stop } from './model/stop.js';
import { isMeant, parseStopReference } from './model/stop-reference.js';
import { TimetableService } from './timetable.service.js';

const LONGEST_TEXT = 100;
/** Shown to those who name nothing. */
const DEFAULT_TEXT = 'Jena';

/**
 * Stops and departures: public, the same for every caller. HAFAS is asked first; when it fails or takes half of the
 * caller's patience, the timetable in the process answers, and only when that cannot tell is the failure shown.
 */
@Injectable()
export class StopService {
  private readonly impatience: Impatience;

  constructor(
    private readonly hafas: HafasBackend,
    private readonly timetable: TimetableService,
    private readonly upstream: Upstream,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.impatience = new Impatience(clock);
  }

  /**
   * Stops whose name resembles the text, best first.
   * @throws AppError INVALID_INPUT when `text` is too long or `first` is not 1…100; UPSTREAM_*
   */
  async listStops(scope: RequestScope, text: string, first: number): Promise<Reading<readonly Stop[]>> {
    checkFirst(first);
    if (text.length > LONGEST_TEXT) throw invalid('text', `must have at most ${LONGEST_TEXT} characters`);
    const words = text.replaceAll(/\s+/g, ' ').trim() || DEFAULT_TEXT;
    const request = {
      operation: STOPS,
      account: null,
      args: [words, first],
      load: (call: UpstreamCall) => this.hafas.listStops(words, first, call),
    };
    return this.either(
      scope,
      (hurried) => this.upstream.read(request, hurried),
      () => this.timetable.listStops(scope, words, first),
    );
  }

  /** @param id node id, DHID or number (IBNR); null when there is no such stop */
  async findStop(scope: RequestScope, id: string): Promise<Stop | null> {
    const reference = parseStopReference(id);
    if (reference === undefined) return null;
    const { number } = reference;
    const load = (call: UpstreamCall) => this.hafas.findStop(number, call);
    return this.either(
      scope,
      async (hurried) => {
        const request = { operation: STOP, account: null, args: [number], load };
        const { value: stop } = await this.upstream.read(request, hurried);
        return { answer: stop !== null && isMeant(reference, stop) ? stop : null };
      },
      async () => {
        const answer = await this.timetable.findStop(scope, reference);
        return answer === null ? null : { answer };
      },
    ).then(({ answer }) => answer);
  }

  /**
   * Departures from an instant on, or from now.
   * @param id node id, DHID or number (IBNR); null when there is no such stop
   * @throws AppError INVALID_INPUT when `first` is not 1…100 or `from` lies outside the timetable; UPSTREAM_*
   */
  async findDepartures(
    scope: RequestScope,
    id: string,
    first: number,
    from: Instant | null,
  ): Promise<Reading<DepartureBoard> | null> {
    checkFirst(first);
    if (from !== null && (from < '2000' || from >= '2100')) throw outsideTimetable();
    const reference = parseStopReference(id);
    if (reference === undefined) return null;
    const { number } = reference;
    // A board shows minutes: equal ones share an answer.
    const minute = from === null ? null : (`${from.slice(0, 16)}:00.000Z` as Instant);
    const load = (call: UpstreamCall) => this.hafas.findDepartures(number, first, minute, call);
    const request = { operation: DEPARTURES, account: null, args: [number, first, minute], load };
    const reading = await this.either<Reading<DepartureBoard | null>>(
      scope,
      (hurried) => this.upstream.read(request, hurried).catch(refuseOutsideTimetable),
      () => this.timetable.findDepartures(scope, reference, first, minute),
    );
    const { value: board } = reading;
    return board !== null && isMeant(reference, board.stop) ? { ...reading, value: board } : null;
  }

  /** What HAFAS says, else what the timetable says, else why HAFAS says nothing. */
  private async either<T>(
    scope: RequestScope,
    ask: (scope: RequestScope) => Promise<T>,
    lookUp: () => Promise<T | null>,
  ): Promise<T> {
    if (!this.timetable.isPresent) return ask(scope);
    try {
      return await this.impatience.read(scope, ask);
    } catch (failure) {
      if (!isFailureOfSystem(failure)) throw failure;
      const answer = await lookUp().catch((error: unknown) => {
        throw isFailureOfSystem(error) ? failure : error;
      });
      if (answer === null) throw failure;
      return answer;
    }
  }
}

function isFailureOfSystem(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('UPSTREAM_');
}

function refuseOutsideTimetable(error: unknown): never {
  throw error instanceof AppError && error.details.upstreamCode === 'H9360' ? outsideTimetable() : error;
}

function checkFirst(first: number): void {
  if (!Number.isInteger(first) || first < 1 || first > 100) throw invalid('first', 'must be 1 to 100');
}

function outsideTimetable(): AppError {
  return invalid('from', 'lies outside the timetable period');
}

function invalid(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path} ${reason}`, { path, reason });
}
