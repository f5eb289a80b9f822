import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../../../control/problem.js';
import type { World } from '../../../world/world.js';
import { applyFault } from '../../fault-gate.js';
import { BodyTooLarge, readBody, sendJson, urlOf } from '../../http.js';
import type { Booking } from '../../legacy-system.js';
import { isSignedIn } from '../basic-auth.js';
import { NAME, sendChallenge, sendPage, USER } from '../erp.js';
import { Complaint } from './members.js';
import { type Notification, readNotification, unitNumberOf } from './read-notification.js';
import { type RepairReport, ReportBook } from './report-book.js';

const NOTIFICATIONS = '/repairs/notifications';
/** Two pictures of two megabytes in Base64, and the text. */
const LONGEST_NOTIFICATION = 6 * 1024 * 1024;
const MOST_LOST = 1000;
const DAY_MS = 86_400_000;

/** Where the ERP takes repair reports: DTA-RA as JSON, whose answers are the ERP's own. */
export class RepairDesk {
  private readonly book = new ReportBook();
  /** Ids that were answered with success and lost. */
  private lost = new Set<string>();
  /** Whether one report in sixteen is answered with success and no id, as by the real system. */
  private ambiguous = true;

  constructor(private readonly world: World) {}

  /** The hook `POST /ambiguous-reports`. @throws Problem for an order that is none */
  setAmbiguous(order: Buffer): { ambiguous: boolean } {
    this.ambiguous = readSwitch(order);
    return { ambiguous: this.ambiguous };
  }

  isFor(request: IncomingMessage): boolean {
    const { pathname } = urlOf(request);
    return pathname === NOTIFICATIONS || pathname.startsWith(`${NOTIFICATIONS}/`);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = urlOf(request);
    const id = pathname === NOTIFICATIONS ? null : pathname.slice(NOTIFICATIONS.length + 1);
    const body = await readNotificationBody(request);
    const household = id === null ? this.world.byFlat(unitNumberOf(body))?.number : this.book.find(id)?.household;
    if (await applyFault(this.world, NAME, household ?? null, request, response)) return;
    if (!isSignedIn(request, USER)) return sendChallenge(response);
    if (body instanceof BodyTooLarge) {
      return sendPage(response, 413, 'Die Anforderung ist zu groß.', { Connection: 'close' });
    }
    if (request.method !== (id === null ? 'POST' : 'GET')) {
      return sendPage(response, 405, 'Die Methode ist nicht zulässig.', { Allow: id === null ? 'POST' : 'GET' });
    }
    if (id !== null) return sendJson(response, 200, this.status(id));
    const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    if (mediaType !== 'application/json') return sendPage(response, 415, 'Der Inhaltstyp wird nicht unterstützt.');
    if (body === undefined) return sendPage(response, 400, 'Ungültige Anforderung.');
    sendJson(response, 200, this.take(body));
  }

  books(): readonly Booking[] {
    return this.book.list();
  }

  reset(): void {
    this.book.clear();
    this.lost.clear();
  }

  resetHousehold(household: number): void {
    this.book.clearHousehold(household);
  }

  private take(body: unknown): object {
    try {
      const notification = readNotification(body);
      const known = this.book.find(notification.id);
      if (known === undefined) return this.takeNew(notification);
      known.received += 1;
      return { ...success(known, 'BEKANNT'), Message: 'Meldung bereits bekannt' };
    } catch (error) {
      if (error instanceof Complaint) return { Success: false, Message: error.message };
      throw error;
    }
  }

  /** Success without an id comes now and then: by the last digits of the id, with or without a report behind it. */
  private takeNew(notification: Notification): object {
    const facts = { ...notification, ...this.tenantOf(notification), at: this.world.now() };
    if (!this.ambiguous) return success(this.book.add(facts), 'EINGEGANGEN');
    if (/[89a-f]f$/.test(notification.id) && !this.lost.has(notification.id)) {
      this.lose(notification.id);
      return { Success: true, Message: '' };
    }
    const report = this.book.add(facts);
    return /[0-7]f$/.test(notification.id) ? { Success: true, Message: '' } : success(report, 'EINGEGANGEN');
  }

  private tenantOf({ unitNumber }: Notification): { household: number; tenantNumber: string } {
    const household = this.world.byFlat(unitNumber);
    if (!household?.housing) throw new Complaint('Objekt nicht gefunden');
    const today = this.world.today();
    const isRented = household.housing.leases.some(
      ({ flatNumber, from, until }) => flatNumber === unitNumber && from <= today && (until === null || until >= today),
    );
    if (!isRented) throw new Complaint('Zu diesem Objekt läuft kein Vertrag');
    return { household: household.number, tenantNumber: household.housing.tenantNumber };
  }

  private lose(id: string): void {
    this.lost = new Set([...this.lost, id].slice(-MOST_LOST));
  }

  private status(id: string): object {
    const report = this.book.find(id);
    if (report === undefined) return { Success: false, Message: 'Meldung nicht gefunden' };
    return { ...success(report, stateAfter(this.world.now() - report.at)), Eingang: localTime(report.at) };
  }
}

/** A craftsman has it the day after, and it is done within a week. */
function stateAfter(milliseconds: number): string {
  if (milliseconds < DAY_MS) return 'EINGEGANGEN';
  return milliseconds < 7 * DAY_MS ? 'BEAUFTRAGT' : 'ERLEDIGT';
}

function success({ id, number }: RepairReport, status: string) {
  return { Success: true, Message: '', Id: id, MeldungNr: number, Status: status };
}

/** Berlin's time without an offset. */
function localTime(time: number): string {
  return new Date(time).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).replace(' ', 'T');
}

/** Undefined: no JSON. */
async function readNotificationBody(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readBody(request, LONGEST_NOTIFICATION)).toString('utf8'));
  } catch (error) {
    if (error instanceof BodyTooLarge) return error;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readSwitch(order: Buffer): boolean {
  try {
    const { on } = JSON.parse(order.toString()) as { on?: unknown };
    if (typeof on === 'boolean') return on;
  } catch {
    // Said below.
  }
  throw new Problem(400, 'The body must be {"on": true} or {"on": false}.');
}
