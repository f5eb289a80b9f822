import { Injectable } from '@nestjs/common';
import { malformed } from '#lib/formats';
import { AppError, type CalendarDate, type Loaded } from '#lib/kernel';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { HousingSettings } from '../housing.settings.js';
import type { Lease } from '../model/lease.js';
import { basicAuthorization } from './basic-auth.js';
import { failedResponse, mediaTypeOf } from './failed-response.js';
import { readLeases } from './read-leases.js';
import { SERVICE_PATH } from './tenancy.wire.js';
import { writeGetLeases } from './write-get-leases.js';

/** One tenant has a handful of leases; anything large is no answer to our question. */
const MOST_BYTES = 1_000_000;
const XML_TYPES = new Set(['application/soap+xml', 'application/xml', 'text/xml']);

/** The tenancy ERP: one method per operation. Envelopes hold personal data and are never logged. */
@Injectable()
export class TenancyBackend {
  private readonly connection: Connection;
  private readonly serviceUrl: string;

  constructor(
    upstream: Upstream,
    private readonly settings: HousingSettings,
  ) {
    this.connection = upstream.connect({ name: 'tenancy', baseUrl: settings.erpUrl, maxBodyBytes: MOST_BYTES });
    this.serviceUrl = settings.erpUrl.replace(/\/$/, '') + SERVICE_PATH;
  }

  /** GetLeases: the tenant's leases as they are on `keyDate`. */
  async listLeases(tenantNumber: string, keyDate: CalendarDate, call: UpstreamCall): Promise<Loaded<readonly Lease[]>> {
    const { erpUser, erpPassword } = this.settings;
    const response = await this.connection.send(
      {
        method: 'POST',
        path: SERVICE_PATH,
        headers: {
          accept: 'application/soap+xml',
          authorization: basicAuthorization(erpUser, erpPassword),
          'content-type': 'application/soap+xml;charset=UTF-8',
        },
        body: writeGetLeases(tenantNumber, keyDate, this.serviceUrl),
      },
      call,
    );
    return readResponse(response);
  }
}

/** Faults come with 200, 400 or 500, and a 500 need not be a fault. */
function readResponse(response: HttpResponse): Loaded<readonly Lease[]> {
  const { status, body } = response;
  const isXml = XML_TYPES.has(mediaTypeOf(response));
  if (status === 200 && !isXml) throw malformed('$', 'is not XML by its content type');
  if (status === 200) return readLeases(body);
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
