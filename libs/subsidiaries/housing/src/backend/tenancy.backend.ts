import { Injectable } from '@nestjs/common';
import { malformed } from '#lib/formats';
import { AppError, type CalendarDate, type Loaded } from '#lib/kernel';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { HousingSettings } from '../housing.settings.js';
import type { Home } from '../model/home.js';
import type { Lease } from '../model/lease.js';
import { basicAuthorization } from './basic-auth.js';
import { failedResponse, mediaTypeOf } from './failed-response.js';
import { readHomes, readLeases } from './read-leases.js';
import { readReportAnswer, readReportStatus, type BookedReport, type ReportOutcome } from './read-repair-answer.js';
import { REPAIRS_PATH, SERVICE_PATH } from './tenancy.wire.js';
import { writeGetLeases } from './write-get-leases.js';

/** One tenant has a handful of leases; anything large is no answer to our question. */
const MOST_BYTES = 1_000_000;
/** Two pictures in base64 and the text; the ERP takes no more either. */
const MOST_REPORT_BYTES = 6_000_000;
const XML_TYPES = new Set(['application/soap+xml', 'application/xml', 'text/xml']);

/** The tenancy ERP: one method per operation. Envelopes hold personal data and are never logged. */
@Injectable()
export class TenancyBackend {
  private readonly connection: Connection;
  private readonly repairs: Connection;
  private readonly serviceUrl: string;

  constructor(
    upstream: Upstream,
    private readonly settings: HousingSettings,
  ) {
    this.connection = upstream.connect({ name: 'tenancy', baseUrl: settings.erpUrl, maxBodyBytes: MOST_BYTES });
    // Of its own, because the bound holds for what is sent as well, and reports carry pictures.
    this.repairs = upstream.connect({ name: 'tenancy', baseUrl: settings.erpUrl, maxBodyBytes: MOST_REPORT_BYTES });
    this.serviceUrl = settings.erpUrl.replace(/\/$/, '') + SERVICE_PATH;
  }

  /** GetLeases: the tenant's leases as they are on `keyDate`. */
  async listLeases(tenantNumber: string, keyDate: CalendarDate, call: UpstreamCall): Promise<Loaded<readonly Lease[]>> {
    return readResponse(await this.getLeases(tenantNumber, keyDate, call), readLeases);
  }

  /** As {@link listLeases}: where the tenant's flats are. */
  async listHomes(tenantNumber: string, keyDate: CalendarDate, call: UpstreamCall): Promise<Loaded<readonly Home[]>> {
    return readResponse(await this.getLeases(tenantNumber, keyDate, call), readHomes);
  }

  /**
   * Hands in a repair report (DTA-RA `damagenotification`). The ERP books the same id once only.
   * @param notification JSON with this id
   * @throws AppError as {@link readReportAnswer}
   */
  async reportRepair(id: string, notification: string, call: UpstreamCall): Promise<ReportOutcome> {
    const headers = { ...this.jsonHeaders, 'content-type': 'application/json' };
    const request = { method: 'POST', path: REPAIRS_PATH, headers, body: notification } as const;
    return readReportAnswer(await this.repairs.send(request, call), id);
  }

  /** The report that was sent under this id; null when the ERP has none. @throws AppError UPSTREAM_* */
  async findRepair(id: string, call: UpstreamCall): Promise<BookedReport | null> {
    const path = `${REPAIRS_PATH}/${encodeURIComponent(id)}`;
    return readReportStatus(await this.repairs.send({ method: 'GET', path, headers: this.jsonHeaders }, call), id);
  }

  private get authorization(): string {
    return basicAuthorization(this.settings.erpUser, this.settings.erpPassword);
  }

  private get jsonHeaders(): Readonly<Record<string, string>> {
    return { accept: 'application/json', authorization: this.authorization };
  }

  private getLeases(tenantNumber: string, keyDate: CalendarDate, call: UpstreamCall): Promise<HttpResponse> {
    return this.connection.send(
      {
        method: 'POST',
        path: SERVICE_PATH,
        headers: {
          accept: 'application/soap+xml',
          authorization: this.authorization,
          'content-type': 'application/soap+xml;charset=UTF-8',
        },
        body: writeGetLeases(tenantNumber, keyDate, this.serviceUrl),
      },
      call,
    );
  }
}

/** Reads the answer of GetLeases. Faults come with 200, 400 or 500, and a 500 need not be a fault. */
function readResponse<T>(response: HttpResponse, read: (body: Uint8Array) => T): T {
  const { status, body } = response;
  const isXml = XML_TYPES.has(mediaTypeOf(response));
  if (status === 200 && !isXml) throw malformed('$', 'is not XML by its content type');
  if (status === 200) return read(body);
  const fault = isXml && (status === 400 || status === 500) ? findFault(body) : undefined;
  throw fault ?? failedResponse(response);
}

function findFault(body: Uint8Array): AppError | undefined {
  try {
    readLeases(body);
  } catch (error) {
    if (error instanceof AppError && error.code !== 'UPSTREAM_MALFORMED') return error;
  }
  return undefined;
}
