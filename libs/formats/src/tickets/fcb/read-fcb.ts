import { AppError, epochOf, instantOf, type CalendarDate, type Instant, type Omission } from '#lib/kernel';
import { malformed } from '../../wire/wire-object.js';
import { UperReader } from '../uper/read-uper.js';
import type { UperValue } from '../uper/uper-type.js';
import type { FcbVersion } from './fcb-parts.js';
import type { FcbTicket } from './fcb-model.js';
import { FcbRecord } from './fcb-record.js';
import { ticketFields } from './fcb-schema.js';
import { dayOfYear } from './fcb-validity.js';
import { readDocument } from './read-document.js';

const BLOCK = 'U_FLEX';
const LABELS = { 1: '1.3', 2: '2.0', 3: '3.0' } as const;
const SCHEMAS = new Map<FcbVersion, ReturnType<typeof ticketFields>>();

/** What could be read, and where it ended; the issuer stands first, so a damaged document still has one. */
export interface FcbReading {
  readonly ticket: FcbTicket;
  readonly omissions: readonly Omission[];
}

/**
 * Reads flexible content (UIC 90918-9, ASN.1 in unaligned packed encoding).
 * @param version of the block: `13` is 1.3, `02` and `03` are the later ones
 * @throws AppError UPSTREAM_MALFORMED when not even the issuer can be read
 */
export function readFcb(bytes: Uint8Array, version: string): FcbReading {
  const known = versionOf(version);
  const { fields, failure } = readTicketFields(bytes, known);
  const issuing = fields.child('issuingDetail');
  if (issuing === null) throw failure ?? malformed(BLOCK, 'has no issuer');
  const issuedOn = dayOfYear(issuing.number('issuingYear') ?? 0, issuing.number('issuingDay') ?? 0);
  if (issuedOn === null) throw malformed(BLOCK, 'has no day of issue');
  const currency = { currency: issuing.text('currency') ?? 'EUR', fraction: issuing.number('currencyFract') ?? 2 };
  const documents = fields.children('transportDocument').map((document) => readDocument(document, issuedOn, currency));
  const ticket: FcbTicket = {
    version: LABELS[known],
    securityProvider: issuing.text('securityProviderNum', 'securityProviderIA5'),
    issuer: issuing.text('issuerNum', 'issuerIA5'),
    issuerName: issuing.text('issuerName'),
    issuedAt: issuedAt(issuedOn, issuing.number('issuingTime') ?? 0),
    bookingNumber: issuing.text('issuerPNR'),
    specimen: issuing.flag('specimen'),
    activated: issuing.flag('activated'),
    namedTravelers: fields.child('travelerDetail')?.children('traveler').length ?? 0,
    documents,
  };
  const { path = BLOCK, reason = 'is malformed' } = failure?.details ?? {};
  return { ticket, omissions: failure === null ? [] : [{ path, reason }] };
}

/** Releases before 1.3 were drafts of it; what comes after 3 is not known yet. */
function versionOf(version: string): FcbVersion {
  if (/^1[0-3]$|^01$/.test(version)) return 1;
  if (version === '02' || version === '20') return 2;
  if (version === '03' || version === '30') return 3;
  throw malformed(BLOCK, 'has an unknown version');
}

function readTicketFields(bytes: Uint8Array, version: FcbVersion): { fields: FcbRecord; failure: AppError | null } {
  const schema = SCHEMAS.get(version) ?? ticketFields(version);
  SCHEMAS.set(version, schema);
  const fields: Record<string, UperValue> = Object.create(null) as Record<string, UperValue>;
  try {
    new UperReader(bytes, BLOCK).readFields(schema, true, (name, value) => {
      fields[name] = value;
    });
    return { fields: new FcbRecord(fields), failure: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fields: new FcbRecord(fields), failure: error };
  }
}

/** The only times in UTC. */
function issuedAt(date: CalendarDate, minute: number): Instant {
  return instantOf(epochOf(`${date}T00:00:00Z` as Instant) + minute * 60_000);
}
