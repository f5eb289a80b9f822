import type { Booking } from '../../legacy-system.js';
import type { Notification } from './read-notification.js';

/** Reports kept; past them the oldest is forgotten. */
const MOST_REPORTS = 10_000;

/** A notification that became a report. */
export interface RepairReport extends Notification {
  /** Running number of the year, e.g. `2026-000017`. */
  readonly number: string;
  readonly household: number;
  readonly tenantNumber: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How often it was sent. */
  received: number;
}

/** The repair reports by the sender's id, which is booked once however often it comes. */
export class ReportBook {
  private readonly reports = new Map<string, RepairReport>();
  private lastNumber = 0;

  find(id: string): RepairReport | undefined {
    return this.reports.get(id.toLowerCase());
  }

  /** @param facts of a notification whose id is not known yet */
  add(facts: Omit<RepairReport, 'number' | 'received'>): RepairReport {
    this.lastNumber += 1;
    const year = new Date(facts.at).toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 4);
    const report = { ...facts, number: `${year}-${String(this.lastNumber).padStart(6, '0')}`, received: 1 };
    this.reports.set(facts.id, report);
    const [oldest] = this.reports.keys();
    if (this.reports.size > MOST_REPORTS && oldest !== undefined) this.reports.delete(oldest);
    return report;
  }

  clear(): void {
    this.reports.clear();
    this.lastNumber = 0;
  }

  clearHousehold(household: number): void {
    for (const report of this.reports.values()) if (report.household === household) this.reports.delete(report.id);
  }

  list(): readonly Booking[] {
    return [...this.reports.values()].map((report) => ({
      kind: 'repair-report',
      at: new Date(report.at).toISOString(),
      account: report.tenantNumber,
      id: report.id,
      number: report.number,
      unitNumber: report.unitNumber,
      roomType: report.roomType,
      applianceType: report.applianceType,
      description: report.description,
      images: report.images,
      received: report.received,
    }));
  }
}
