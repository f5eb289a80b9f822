import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#lib/kernel';
import { ISSUING, PASS_OF_MAY } from '../testing/uic-fixture.js';
import { writeFields } from '../testing/write-uper.js';
import type { UperRecord, UperType, UperValue } from '../uper/uper-type.js';
import { UperReader } from '../uper/read-uper.js';
import type { FcbVersion } from './fcb-parts.js';
import { ticketFields } from './fcb-schema.js';
import { readFcb, type FcbReading } from './read-fcb.js';

const BLOCK_VERSIONS = { 1: '13', 2: '02', 3: '03' } as const;

function readTicket(version: FcbVersion, ticket: UperRecord, issuing: UperRecord = ISSUING): FcbReading {
  const record = { issuingDetail: issuing, transportDocument: [{ ticket }] };
  return readFcb(writeFields(ticketFields(version), record), BLOCK_VERSIONS[version]);
}

function documentOf(version: FcbVersion, ticket: UperRecord): FcbReading['ticket']['documents'][number] {
  const { ticket: read, omissions } = readTicket(version, ticket);
  expect(omissions).toEqual([]);
  return read.documents[0]!;
}

function refusalOf(bytes: Uint8Array, version: string): unknown {
  try {
    return readFcb(bytes, version);
  } catch (error) {
    return error instanceof AppError ? error.details : error;
  }
}

describe('issuer', () => {
  it('reads who issued it, when and whether it is a specimen', () => {
    expect(readTicket(3, PASS_OF_MAY).ticket).toMatchObject({
      version: '3.0',
      securityProvider: '3416',
      issuer: '3416',
      issuerName: 'Nahverkehr',
      issuedAt: '2026-05-04T08:15:00.000Z',
      bookingNumber: 'JNV77120',
      specimen: true,
      activated: true,
      namedTravelers: 0,
    });
  });

  it('counts travellers and tells nothing of them', () => {
    const traveler = { firstName: 'Erika', lastName: 'Geheim', passportId: 'C01X00T47', ticketHolder: true };
    const record = { issuingDetail: ISSUING, travelerDetail: { traveler: [traveler, { ticketHolder: false }] } };
    const { ticket } = readFcb(writeFields(ticketFields(1), record), '13');
    expect(ticket.namedTravelers).toBe(2);
    expect(JSON.stringify(ticket)).not.toMatch(/Erika|Geheim|C01X/);
  });

  it('refuses an unknown version and data that end within the issuer', () => {
    expect(refusalOf(Buffer.from('00', 'hex'), '03')).toEqual({ path: 'U_FLEX', reason: 'ends too early' });
    expect(refusalOf(Buffer.alloc(50), '77')).toEqual({ path: 'U_FLEX', reason: 'has an unknown version' });
  });
});

describe('documents', () => {
  it('reads a pass, its days counted from the day of issue', () => {
    expect(documentOf(3, PASS_OF_MAY)).toMatchObject({
      kind: 'PASS',
      reference: 'JNV-PASS',
      productOwner: '3416',
      productId: '9999',
      product: 'Deutschlandticket',
      validity: { from: '2026-04-30T22:00:00.000Z', until: '2026-06-01T01:00:00.000Z' },
      travelClass: 'SECOND',
      price: { amount: '63.00', currency: 'EUR' },
    });
  });

  it('counts the time of the last day to its end when none is given', () => {
    const document = documentOf(2, { openTicket: { returnIncluded: false, validFromDay: 1, validUntilDay: 0 } });
    expect(document.validity).toEqual({ from: '2026-05-04T22:00:00.000Z', until: '2026-05-05T21:59:59.000Z' });
  });

  it('takes an offset from local time to UTC when the ticket has one, and midnight as the next day', () => {
    const openTicket = { returnIncluded: true, validFromTime: 600, validFromUTCOffset: -4, validUntilTime: 1_440 };
    expect(documentOf(1, { openTicket }).validity).toEqual({
      from: '2026-05-04T09:00:00.000Z',
      until: '2026-05-04T23:00:00.000Z',
    });
  });

  it('reads stations, zones and class of an open ticket', () => {
    const openTicket: UperRecord = {
      referenceNum: -5n,
      returnIncluded: false,
      fromStationNameUTF8: 'Jena Paradies',
      toStationNum: 8_010_205,
      validRegionDesc: 'VMT',
      validRegion: [{ viaStations: { border: false, route: [{ border: true }] } }, { zones: { zoneId: [30n, 31n] } }],
      classCode: 'first',
      tariffs: [{ restrictedToCountryOfResidence: false, tariffDesc: 'Hopper' }],
    };
    expect(documentOf(3, { openTicket })).toMatchObject({
      reference: '-5',
      from: 'Jena Paradies',
      to: '8010205',
      region: 'VMT',
      zones: ['30', '31'],
      travelClass: 'FIRST',
      product: 'Hopper',
    });
  });

  it('reads departure and arrival of a reservation and nothing of a number plate', () => {
    const reservation = { departureDate: 2, departureTime: 480, arrivalDate: 0, arrivalTime: 600 };
    expect(documentOf(1, { reservation }).validity).toEqual({
      from: '2026-05-06T06:00:00.000Z',
      until: '2026-05-06T08:00:00.000Z',
    });
    const parkingGround = { parkingGroundId: 'P1', fromParkingDate: 0, location: 'Paradies', numberPlate: 'J-XX 1' };
    expect(JSON.stringify(documentOf(2, { parkingGround }))).not.toContain('J-XX');
  });

  it('reads years of vouchers and of customer cards, whose numbers stay out', () => {
    const voucher = { validFromYear: 2026, validFromDay: 1, validUntilYear: 2027, validUntilDay: 59 };
    expect(documentOf(2, { voucher }).validity?.until).toBe('2027-02-28T22:59:59.000Z');
    const customerCard = {
      cardIdNum: 7_081_411n,
      validFromYear: 2026,
      validUntilYear: 1,
      cardTypeDescr: 'BahnCard 25',
    };
    const card = documentOf(3, { customerCard });
    expect(card).toMatchObject({ product: 'BahnCard 25', validity: { until: '2027-12-31T22:59:59.000Z' } });
    expect(JSON.stringify(card)).not.toContain('7081411');
  });

  it('keeps the issuer when a document is cut off, and says so', () => {
    const whole = writeFields(ticketFields(3), {
      issuingDetail: ISSUING,
      transportDocument: [{ ticket: PASS_OF_MAY }],
    });
    const { ticket, omissions } = readFcb(whole.subarray(0, -12), '03');
    expect(ticket).toMatchObject({ issuer: '3416', documents: [] });
    expect(omissions).toEqual([{ path: 'U_FLEX', reason: 'ends too early' }]);
  });
});

/** Any value of a type, not too deep. */
function valueOf(type: UperType, depth = 0): fc.Arbitrary<UperValue> {
  switch (type.kind) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return type.bounds
        ? fc.integer({ min: type.bounds.least, max: type.bounds.most })
        : fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'ia5': {
      const { least = 0, most = 20 } = type.length ?? {};
      return fc.string({ unit: 'grapheme-ascii', minLength: least, maxLength: most });
    }
    case 'utf8':
      return fc.string({ unit: 'grapheme', maxLength: 20 });
    case 'octets':
      return fc.uint8Array({ maxLength: 20 });
    case 'enumeration':
      return fc.constantFrom(...type.names);
    case 'list':
      return depth > 4 ? fc.constant([]) : fc.array(valueOf(type.item(), depth + 1), { maxLength: 2 });
    case 'choice':
      return fc.oneof(
        ...type.options.map(([name, option]) => valueOf(option, depth + 1).map((value) => ({ [name]: value }))),
      );
    case 'sequence':
      return fc.record(Object.fromEntries(type.fields.map((field) => [field.name, valueOf(field.type, depth + 1)])), {
        requiredKeys: type.fields.filter(({ optional }) => !optional).map(({ name }) => name),
      });
  }
}

describe.each<FcbVersion>([1, 2, 3])('any ticket of version %s', (version) => {
  const fields = ticketFields(version);
  const type: UperType = { kind: 'sequence', fields, open: true };
  const tickets = valueOf(type);

  it('is read as it was written, to the last bit', () => {
    fc.assert(
      fc.property(tickets, (ticket) => {
        const read: Record<string, UperValue> = {};
        new UperReader(writeFields(fields, ticket as UperRecord), 'test').readFields(fields, true, (name, value) => {
          read[name] = value;
        });
        expect(normal(type, read)).toEqual(normal(type, ticket));
      }),
      { numRuns: 30 },
    );
  });
});

/** Fills in defaults, so that what was written and what was read compare. */
function normal(type: UperType, value: UperValue): unknown {
  if (type.kind === 'list') return (value as readonly UperValue[]).map((each) => normal(type.item(), each));
  if (type.kind === 'choice') {
    const [name, chosen] = Object.entries(value as UperRecord)[0]!;
    return { [name]: normal(type.options.find(([option]) => option === name)![1], chosen) };
  }
  if (type.kind !== 'sequence') return value;
  const record = value as UperRecord;
  return Object.fromEntries(
    type.fields.flatMap(({ name, type: inner, absent }) => {
      if (name in record) return [[name, normal(inner, record[name]!)]];
      return absent === undefined ? [] : [[name, absent]];
    }),
  );
}
