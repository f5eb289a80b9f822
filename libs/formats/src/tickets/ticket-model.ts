import type { Instant, Money, Omission } from '#lib/kernel';
import type { FcbTicket } from './fcb/fcb-model.js';
import type { DbOrder } from './uic/read-order.js';
import type { TicketLayout } from './uic/read-layout.js';
import type { TicketValidity, TravelClass } from './ticket-facts.js';
import type { VdvProduct } from './vdv/vdv-product.js';

/** What a ticket is, whatever its barcode: the answer to "which ticket, and is it valid". */
export interface TicketSummary {
  /** The issuer's number of the ticket. */
  readonly number: string | null;
  readonly product: string | null;
  readonly validity: TicketValidity | null;
  readonly travelClass: TravelClass | null;
  readonly price: Money | null;
}

/** One data block of a UIC barcode. */
export interface TicketBlock {
  /** E.g. `U_HEAD`, `0080BL`. */
  readonly name: string;
  readonly version: string;
  readonly bytes: number;
  /** False for blocks of formats this lib does not know, and for those named in the omissions. */
  readonly read: boolean;
}

export interface UicHead {
  /** RICS code of the issuing railway. */
  readonly issuer: string;
  readonly ticketKey: string;
  /** When the content was last edited. */
  readonly editedAt: Instant | null;
  readonly international: boolean;
  /** A specimen that is not valid for travel. */
  readonly specimen: boolean;
  /** ISO 639 codes, first and second language. */
  readonly languages: readonly string[];
}

/** A barcode by UIC 918.3 or 918.9. Fields for names, birthdays and card numbers are left out. */
export interface UicTicket {
  readonly kind: 'UIC';
  readonly summary: TicketSummary;
  /** 1: DSA signature in 50 bytes; 2: in 64 bytes. */
  readonly version: 1 | 2;
  /** RICS code of who signed. */
  readonly signer: string;
  readonly keyId: string;
  /** Whether the signature has the shape of one; it is not verified here. */
  readonly signatureShaped: boolean;
  readonly head: UicHead | null;
  readonly layout: TicketLayout | null;
  readonly flexible: FcbTicket | null;
  readonly order: DbOrder | null;
  readonly vdvProducts: readonly VdvProduct[];
  readonly blocks: readonly TicketBlock[];
  readonly omissions: readonly Omission[];
}

/** A barcode by VDV-KA: a signed message of which all but its end is inside the signature. */
export interface VdvTicket {
  readonly kind: 'VDV_KA';
  readonly summary: TicketSummary;
  /** Version of the static authorisation, e.g. `1109`. */
  readonly version: string;
  /** Reference of the authority that certified the issuer, as hex, e.g. `4445564456110216`. */
  readonly authority: string;
  /** UNCHECKED: the authority's key is not at hand, so nothing of the ticket can be read. */
  readonly signature: 'VALID' | 'INVALID' | 'UNCHECKED';
  /** When the issuer's certificate ends, `YYYY-MM-DD`; null when unchecked. */
  readonly certificateEnd: string | null;
  readonly product: VdvProduct | null;
  readonly omissions: readonly Omission[];
}

export type Ticket = UicTicket | VdvTicket;
