import type { Instant, Money } from '#lib/kernel';
import type { TicketValidity, TravelClass } from '../ticket-facts.js';

/** Flexible content of a UIC ticket (block U_FLEX). */
export interface FcbTicket {
  readonly version: '1.3' | '2.0' | '3.0';
  /** Company codes, RICS where numeric. */
  readonly securityProvider: string | null;
  readonly issuer: string | null;
  readonly issuerName: string | null;
  readonly issuedAt: Instant;
  /** The issuer's booking number. */
  readonly bookingNumber: string | null;
  /** A specimen that is not valid for travel. */
  readonly specimen: boolean;
  readonly activated: boolean;
  /** How many travellers it names; who they are is left out. */
  readonly namedTravelers: number;
  readonly documents: readonly FcbDocument[];
}

export interface FcbDocument {
  readonly kind: FcbDocumentKind;
  readonly reference: string | null;
  readonly productOwner: string | null;
  readonly productId: string | null;
  /** Name of tariff, pass or card. */
  readonly product: string | null;
  readonly validity: TicketValidity | null;
  readonly travelClass: TravelClass | null;
  readonly price: Money | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Description of the area in words. */
  readonly region: string | null;
  /** Numbers of tariff zones, by the code list of the product owner. */
  readonly zones: readonly string[];
}

export type FcbDocumentKind =
  | 'RESERVATION'
  | 'CAR_CARRIAGE'
  | 'OPEN_TICKET'
  | 'PASS'
  | 'VOUCHER'
  | 'CUSTOMER_CARD'
  | 'COUNTERMARK'
  | 'PARKING'
  | 'FIP_TICKET'
  | 'STATION_PASSAGE'
  | 'DELAY_CONFIRMATION'
  | 'OTHER';
