import { Inject, Injectable } from '@nestjs/common';
import type { RealtimeFeed } from '#lib/formats';
import { AppError, CLOCK, instantOf, type Clock, type Instant, type Reading, type RequestScope } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { GtfsBackend } from './backend/gtfs.backend.js';
import { ALERT_CAUSES, ALERT_EFFECTS, type ServiceAlert } from './model/service-alert.js';
import { parseStopReference } from './model/stop-reference.js';
import { ALERTS } from './operations.js';
import type { KeptTimetable } from './timetable-keeper.js';
import { TimetableService } from './timetable.service.js';
import { concernsStop, linesOf, passingAt, stopsOf, type RealtimeAlert } from './timetable/affected-service.js';
import { withoutMembers } from './timetable/stop-directory.js';

type Period = RealtimeAlert['activePeriods'][number];

const ALWAYS: Period = { from: null, until: null };

/** Messages about disturbed service: public, the same for every caller. */
@Injectable()
export class AlertService {
  constructor(
    private readonly backend: GtfsBackend,
    private readonly timetable: TimetableService,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Messages that are in force or announced, those in force first.
   * @param stopId node id, DHID or number (IBNR): only what concerns that stop or a line that stops there, so
   *   nothing for a stop that is not in the timetable
   * @throws AppError INVALID_INPUT when `first` is not 1…100, NOT_FOUND when `stopId` can be none, UPSTREAM_* when
   *   there are no messages, or no timetable to tell which of them concern the stop
   */
  async listAlerts(
    scope: RequestScope,
    stopId: string | null,
    first: number,
  ): Promise<Reading<readonly ServiceAlert[]>> {
    if (!Number.isInteger(first) || first < 1 || first > 100)
      throw new AppError('INVALID_INPUT', 'first must be 1 to 100', { path: 'first', reason: 'must be 1 to 100' });
    const load = (call: Parameters<GtfsBackend['getAlerts']>[0]) => this.backend.getAlerts(call);
    const [reading, kept] = await Promise.all([
      this.upstream.read<RealtimeFeed>({ operation: ALERTS, account: null, args: [], load }, scope),
      this.findTimetable(scope, stopId !== null),
    ]);
    const now = instantOf(this.clock.now());
    const concerned = stopId === null || kept === null ? () => true : concerns(kept, stopId);
    const alerts = reading.value.alerts.filter(concerned).flatMap((alert) => describe(alert, kept, now));
    return { ...reading, value: alerts.toSorted(byStart(now)).slice(0, first) };
  }

  /** Without it messages lack their lines and stops, which is better than no messages. */
  private async findTimetable(scope: RequestScope, isNeeded: boolean): Promise<KeptTimetable | null> {
    try {
      return (await this.timetable.read(scope)).value;
    } catch (error) {
      if (isNeeded) throw error;
      return null;
    }
  }
}

function concerns({ timetable, directory }: KeptTimetable, stopId: string): (alert: RealtimeAlert) => boolean {
  const reference = parseStopReference(stopId);
  if (reference === undefined) throw new AppError('NOT_FOUND', 'no such stop', { path: 'stopId' });
  const stops = directory.list(reference.number, reference.dhid).map((stop) => passingAt(timetable, stop));
  return (alert) => stops.some((passing) => concernsStop(timetable, directory, passing, alert));
}

/** Nothing for a message whose time is over, or that says nothing. */
function describe(alert: RealtimeAlert, kept: KeptTimetable | null, now: Instant): ServiceAlert[] {
  const periods = alert.activePeriods.length === 0 ? [ALWAYS] : alert.activePeriods;
  const [period] = periods.filter(({ until }) => until === null || until > now).toSorted(earlierFirst);
  if (period === undefined || alert.title.length + alert.text.length === 0) return [];
  return [
    {
      key: alert.entity,
      header: alert.title,
      text: alert.text,
      ...period,
      cause: ALERT_CAUSES.find((cause) => cause === alert.cause) ?? 'OTHER',
      effect: ALERT_EFFECTS.find((effect) => effect === alert.effect) ?? 'OTHER',
      lines: kept === null ? [] : linesOf(kept.timetable, alert),
      stops: kept === null ? [] : stopsOf(kept.directory, alert).map(withoutMembers),
    },
  ];
}

function earlierFirst({ from: left }: Pick<Period, 'from'>, { from: right }: Pick<Period, 'from'>): number {
  return (left ?? '').localeCompare(right ?? '');
}

/** What began last is news; what has yet to begin comes after, soonest first. */
function byStart(now: Instant): (left: ServiceAlert, right: ServiceAlert) => number {
  const isComing = ({ from }: ServiceAlert): boolean => from !== null && from > now;
  return (left, right) => {
    if (isComing(left) !== isComing(right)) return Number(isComing(left)) - Number(isComing(right));
    return isComing(left) ? earlierFirst(left, right) : earlierFirst(right, left);
  };
}
