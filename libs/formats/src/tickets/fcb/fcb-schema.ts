import {
  BOOLEAN,
  choice,
  closedSequence,
  ia5,
  IA5,
  INTEGER,
  listOf,
  OCTETS,
  orElse,
  range,
  sequence,
  UTF8,
  type UperField,
  type UperType,
} from '../uper/uper-type.js';
import {
  counterMark,
  customerCard,
  DELAY_CONFIRMATION,
  fipTicket,
  openTicket,
  parkingGround,
  pass,
  stationPassage,
  voucher,
} from './fcb-documents.js';
import { carCarriage, reservation } from './fcb-reservations.js';
import {
  CARD_REFERENCE,
  EXTENSION,
  type FcbVersion,
  GEO_POINT,
  RICS,
  TICKET_LINKS,
  TIME,
  traveler,
} from './fcb-parts.js';

/** The fields of UicRailTicketData. The standard publishes the types in ASN.1; order and bounds are all that counts. */
export function ticketFields(version: FcbVersion): readonly UperField[] {
  const type = sequence({
    issuingDetail: issuing(version),
    'travelerDetail?': sequence({
      'traveler?': listOf(traveler(version)),
      'preferredLanguage?': ia5(2),
      'groupName?': UTF8,
    }),
    'transportDocument?': listOf(document(version)),
    'controlDetail?': CONTROL,
    'extension?': listOf(EXTENSION),
  });
  return type.kind === 'sequence' ? type.fields : [];
}

function issuing(version: FcbVersion): UperType {
  return sequence({
    'securityProviderNum?': RICS,
    'securityProviderIA5?': IA5,
    'issuerNum?': RICS,
    'issuerIA5?': IA5,
    issuingYear: range(2016, 2269),
    issuingDay: range(1, 366),
    [version === 3 ? 'issuingTime' : 'issuingTime?']: TIME,
    'issuerName?': UTF8,
    specimen: BOOLEAN,
    securePaperTicket: BOOLEAN,
    activated: BOOLEAN,
    currency: orElse(ia5(3), 'EUR'),
    currencyFract: orElse(range(1, 3), 2),
    'issuerPNR?': IA5,
    'extension?': EXTENSION,
    'issuedOnTrainNum?': INTEGER,
    'issuedOnTrainIA5?': IA5,
    'issuedOnLine?': INTEGER,
    'pointOfSale?': GEO_POINT,
  });
}

function document(version: FcbVersion): UperType {
  return sequence({
    'token?': closedSequence({
      'tokenProviderNum?': INTEGER,
      'tokenProviderIA5?': IA5,
      'tokenSpecification?': IA5,
      token: OCTETS,
    }),
    ticket: choice({
      reservation: reservation(version),
      carCarriageReservation: carCarriage(version),
      openTicket: openTicket(version),
      pass: pass(version),
      voucher: voucher(version),
      customerCard: customerCard(version),
      counterMark: counterMark(version),
      parkingGround: parkingGround(version),
      fipTicket: fipTicket(version),
      stationPassage: stationPassage(version),
      extension: EXTENSION,
      delayConfirmation: DELAY_CONFIRMATION,
    }),
  });
}

const CONTROL = sequence({
  'identificationByCardReference?': listOf(CARD_REFERENCE),
  identificationByIdCard: BOOLEAN,
  identificationByPassportId: BOOLEAN,
  'identificationItem?': INTEGER,
  passportValidationRequired: BOOLEAN,
  onlineValidationRequired: BOOLEAN,
  'randomDetailedValidationRequired?': range(0, 99),
  ageCheckRequired: BOOLEAN,
  reductionCardCheckRequired: BOOLEAN,
  'infoText?': UTF8,
  'includedTickets?': TICKET_LINKS,
  'extension?': EXTENSION,
});
