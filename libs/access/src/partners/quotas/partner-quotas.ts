import { Inject, Injectable } from '@nestjs/common';
import { AppError, CLOCK, instantOf, type Clock } from '#lib/kernel';
import { sql, Store } from '#lib/store';
import type { PartnerContract } from '../contracts/partner-contract.js';
import type { PartnerTables } from '../partner.tables.js';
import type { QuotaState } from './quota-headers.js';
import { PERIOD_MS, QUOTA_PERIODS, QuotaWindow, type QuotaPeriod } from './quota-window.js';

/** Counters older than this are removed. */
const KEPT_MS = 2 * PERIOD_MS.day;

type Windows = Record<QuotaPeriod, QuotaWindow>;

/**
 * Counts the requests of each partner by minute and by day. Each instance counts in memory and tells the others through
 * Postgres when a twentieth of the quota or a second has passed, so a quota is exceeded by no more than that twentieth
 * for each instance, and a partner causes no more than about eighty writes a minute on each. A database out of reach
 * stops nobody: then each instance counts alone.
 */
@Injectable()
export class PartnerQuotas {
  /** No larger than the list of contracts. */
  private readonly windows = new Map<string, Windows>();

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts one request. Those past the quota are not counted, so they prolong nothing.
   * @returns the state after it
   * @throws QuotaExceeded
   */
  async count({ clientId, quotas }: PartnerContract): Promise<QuotaState> {
    const windows = this.windowsOf(clientId, quotas);
    const list = QUOTA_PERIODS.map((period) => windows[period]);
    // Asked first where it is long since the others were heard.
    if (list.some((window) => window.isDue(this.clock.monotonic()))) await this.tell(clientId, windows);
    const now = this.clock.now();
    const exhausted = list.filter(({ remaining }) => remaining === 0);
    if (exhausted.length > 0) throw new QuotaExceeded(this.stateOf(list, now), exhausted, now);
    for (const window of list) window.count();
    return this.stateOf(list, now);
  }

  private windowsOf(clientId: string, quotas: PartnerContract['quotas']): Windows {
    const now = this.clock.now();
    const known = this.windows.get(clientId);
    const current = (period: QuotaPeriod, quota: number): QuotaWindow => {
      const startsAt = now - (now % PERIOD_MS[period]);
      const window = known?.[period];
      return window?.startsAt === startsAt ? window : new QuotaWindow(period, startsAt, quota);
    };
    const windows = { minute: current('minute', quotas.perMinute), day: current('day', quotas.perDay) };
    this.windows.set(clientId, windows);
    return windows;
  }

  private async tell(clientId: string, windows: Windows): Promise<void> {
    const now = this.clock.monotonic();
    const taken = { minute: windows.minute.take(now), day: windows.day.take(now) };
    try {
      for (const period of QUOTA_PERIODS)
        windows[period].learn(await this.add(clientId, windows[period], taken[period]));
    } catch {
      for (const period of QUOTA_PERIODS) windows[period].putBack(taken[period]);
    }
  }

  /** Adds to the shared counter and removes the partner's old ones. @returns the sum over all instances */
  private async add(clientId: string, { period, startsAt }: QuotaWindow, requests: number): Promise<number> {
    const { rows } = await sql<{ used: bigint }>`
      with old as (delete from partner_usage where client_id = ${clientId} and starts_at < ${instantOf(startsAt - KEPT_MS)})
      insert into partner_usage (client_id, period, starts_at, used)
      values (${clientId}, ${period}, ${instantOf(startsAt)}, ${requests})
      on conflict (client_id, period, starts_at) do update set used = partner_usage.used + excluded.used
      returning used`.execute(this.store.tables<PartnerTables>());
    return Number(rows[0]?.used ?? 0n);
  }

  private stateOf(windows: readonly QuotaWindow[], now: number): QuotaState {
    return windows.map(({ period, quota, remaining, endsAt }) => ({
      period,
      quota,
      remaining,
      resetSeconds: Math.max(1, Math.ceil((endsAt - now) / 1_000)),
    }));
  }
}

/** RATE_LIMITED, with the state for the headers. */
export class QuotaExceeded extends AppError {
  constructor(
    readonly quotaState: QuotaState,
    exhausted: readonly QuotaWindow[],
    now: number,
  ) {
    const waits = exhausted.map(({ endsAt }) => Math.max(1, Math.ceil((endsAt - now) / 1_000)));
    super('RATE_LIMITED', 'the quota of this partner is used up', { retryAfterSeconds: Math.max(...waits) });
  }
}
