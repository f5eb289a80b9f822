import type { CalendarDate } from '#lib/kernel';
import type { TicketValidity, TravelClass } from '../ticket-facts.js';
import type { FcbDocument, FcbDocumentKind } from './fcb-model.js';
import type { Currency, FcbRecord } from './fcb-record.js';
import { parkingTime, relativeValidity, reservedTime, yearlyValidity } from './fcb-validity.js';

const KINDS: Readonly<Record<string, FcbDocumentKind>> = {
  reservation: 'RESERVATION',
  carCarriageReservation: 'CAR_CARRIAGE',
  openTicket: 'OPEN_TICKET',
  pass: 'PASS',
  voucher: 'VOUCHER',
  customerCard: 'CUSTOMER_CARD',
  counterMark: 'COUNTERMARK',
  parkingGround: 'PARKING',
  fipTicket: 'FIP_TICKET',
  stationPassage: 'STATION_PASSAGE',
  delayConfirmation: 'DELAY_CONFIRMATION',
};

const UNKNOWN: FcbDocument = {
  kind: 'OTHER',
  reference: null,
  productOwner: null,
  productId: null,
  product: null,
  validity: null,
  travelClass: null,
  price: null,
  from: null,
  to: null,
  region: null,
  zones: [],
};

/** One transport document; card numbers, number plates and names of people stay out. */
export function readDocument(holder: FcbRecord, issuedOn: CalendarDate, currency: Currency): FcbDocument {
  const name = holder.child('ticket')?.names[0] ?? '';
  const kind = KINDS[name];
  const document = holder.child('ticket')?.child(name);
  if (kind === undefined || document === undefined || document === null) return UNKNOWN;
  const tariff = document.children('tariffs')[0] ?? document.child('tariff');
  return {
    kind,
    reference: document.text('referenceIA5', 'referenceNum'),
    productOwner: document.text('productOwnerNum', 'productOwnerIA5'),
    productId: document.text('productIdNum', 'productIdIA5'),
    product: tariff?.text('tariffDesc') ?? document.text('passDescription', 'cardTypeDescr', 'productName'),
    validity: validityOf(kind, document, issuedOn),
    travelClass: travelClassOf(document.text('classCode')),
    price: document.amount('price', currency),
    from: document.text('fromStationNameUTF8', 'fromStationIA5', 'fromStationNum'),
    to: document.text('toStationNameUTF8', 'toStationIA5', 'toStationNum'),
    region: document.text('validRegionDesc'),
    zones: document.children('validRegion').flatMap((region) => region.child('zones')?.texts('zoneId') ?? []),
  };
}

function validityOf(kind: FcbDocumentKind, document: FcbRecord, issuedOn: CalendarDate): TicketValidity | null {
  if (kind === 'RESERVATION') return reservedTime(document, issuedOn);
  if (kind === 'PARKING') return parkingTime(document, issuedOn);
  if (kind === 'VOUCHER') return yearlyValidity(document, false);
  if (kind === 'CUSTOMER_CARD') return yearlyValidity(document, true);
  return relativeValidity(document, issuedOn);
}

function travelClassOf(code: string | null): TravelClass | null {
  if (code === null || code === 'notApplicable') return null;
  if (/first/i.test(code)) return 'FIRST';
  return /second/i.test(code) ? 'SECOND' : 'OTHER';
}
