import { Inject, Injectable } from '@nestjs/common';
import {
  AppError,
  berlinDate,
  CLOCK,
  instantOf,
  Refusal,
  RequestScope,
  type CalendarDate,
  type Clock,
  type Language,
  type Reading,
} from '#lib/kernel';
import type { Attempt, Command, CommandRequest, Effect } from '#lib/subsidiary-kit';
import { Upstream, type ReadRequest } from '#lib/upstream';
import type { BookedReport } from '../backend/read-repair-answer.js';
import { TenancyBackend } from '../backend/tenancy.backend.js';
import { notificationId, writeRepairReport } from '../backend/write-repair-report.js';
import type { Home } from '../model/home.js';
import { findReportProblems, type RepairReport } from '../model/repair-report.js';
import { HOMES, HOUSING_KEY, REPAIR_STATUS } from '../operations.js';
import { REPAIRS } from '../partner/partner-scopes.js';
import { findHome, mayRead, notYours } from './own-home.js';
import { readReportInput } from './read-report-input.js';

/** `number` is the landlord's own for the report; null where it named none. */
export type RepairResult = { readonly reportId: string; readonly number: string | null };

const MINUTE_MS = 60_000;

/** Reports a damage in a rented flat to the landlord. The ERP knows a report by our key and books it once. */
@Injectable()
export class ReportRepair implements Command<RepairReport, RepairResult> {
  readonly kind = 'housing.report-repair';
  readonly dedupe = 'key';
  readonly system = HOMES.system;
  readonly granted = REPAIRS;
  readonly title = { de: 'Mangel melden', 'de-simple': 'Einen Schaden melden', en: 'Report a repair' };
  readonly attemptMs = 20_000;
  readonly deadlineMs = 720 * MINUTE_MS;

  constructor(
    private readonly tenancy: TenancyBackend,
    private readonly upstream: Upstream,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  parse(input: unknown): RepairReport {
    return readReportInput(input);
  }

  async check(report: RepairReport, { account, scope }: CommandRequest): Promise<Refusal | null> {
    const refusal = refusalOf(report, scope.language);
    if (refusal !== null) return refusal;
    const homes = await this.findHomes(account, scope);
    if (homes === null || findHome(homes.value, report, this.today()) !== undefined) return null;
    if (homes.omissions.length > 0) return null;
    return notYours(report, mayRead(scope.principal) ? homes.value : [], this.today());
  }

  async execute(report: RepairReport, attempt: Attempt): Promise<Effect<RepairResult>> {
    const { account, key, signal } = attempt;
    const refusal = refusalOf(report, 'de');
    if (refusal !== null) return { kind: 'refused', refusal };
    const { value: homes, omissions } = await this.readHomes(account, this.scopeOf(attempt));
    const home = findHome(homes, report, this.today());
    if (home === undefined) {
      if (omissions.length > 0) throw new AppError('UPSTREAM_MALFORMED', 'a lease of the tenant is unreadable');
      return { kind: 'refused', refusal: notYours(report, [], this.today()) };
    }
    const id = notificationId(key);
    const notification = writeRepairReport(report, { account, home, id, at: instantOf(this.clock.now()) });
    await attempt.intend();
    const target = { subsidiary: HOUSING_KEY, system: this.system, account, signal };
    const outcome = await this.upstream.write(target, (call) => this.tenancy.reportRepair(id, notification, call));
    return outcome.kind === 'booked' ? done(outcome) : { kind: 'refused', refusal: refusedByErp(outcome.reason) };
  }

  async readBack(_report: RepairReport, attempt: Omit<Attempt, 'intend'>): Promise<Effect<RepairResult> | null> {
    const id = notificationId(attempt.key);
    const { value } = await this.upstream.read(
      {
        operation: REPAIR_STATUS,
        account: attempt.account,
        args: [id],
        load: async (call) => ({ value: await this.tenancy.findRepair(id, call), omissions: [] }),
      },
      this.scopeOf(attempt),
    );
    return value && done(value);
  }

  /** Null when the ERP cannot be asked: no reason to refuse. */
  private async findHomes(account: string, scope: RequestScope): Promise<Reading<readonly Home[]> | null> {
    try {
      return await this.readHomes(account, scope);
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('UPSTREAM_')) return null;
      throw error;
    }
  }

  private readHomes(account: string, scope: RequestScope): Promise<Reading<readonly Home[]>> {
    const keyDate = this.today();
    const load: ReadRequest<readonly Home[]>['load'] = (call) => this.tenancy.listHomes(account, keyDate, call);
    return this.upstream.read({ operation: HOMES, account, args: [keyDate], load }, scope);
  }

  private scopeOf({ signal }: Omit<Attempt, 'intend'>): RequestScope {
    const until = this.clock.now() + HOMES.deadlineMs;
    return new RequestScope({ kind: 'subsidiary', subsidiary: HOUSING_KEY }, 'de', until, signal);
  }

  private today(): CalendarDate {
    return berlinDate(instantOf(this.clock.now()));
  }
}

function refusalOf(report: RepairReport, language: Language): Refusal | null {
  const problems = findReportProblems(report, language);
  const [first] = problems;
  return first === undefined ? null : new Refusal(first.code, { problems });
}

function refusedByErp(reason: 'TOO_LARGE' | 'OTHER'): Refusal {
  if (reason === 'OTHER') return new Refusal('NOT_POSSIBLE');
  return new Refusal('TEXT_TOO_LONG', { problems: [{ path: 'images', code: 'TEXT_TOO_LONG' }] });
}

function done({ id, number }: BookedReport): Effect<RepairResult> {
  return { kind: 'done', result: { reportId: id, number } };
}
