import type { CalendarDate, DecimalText, Instant } from '#lib/kernel';
import type {
  ACTIONS,
  ARTS,
  ATTACHMENT_GROUPS,
  BATHS,
  CELLARS,
  CERTIFICATE_RULES,
  CERTIFICATES,
  ESTATE_KINDS,
  FLAT_TYPES,
  FLOORINGS,
  FUELS,
  FURNISHED,
  HEATING,
  KITCHENS,
  LIFTS,
  LOCATIONS,
  MARKETING,
  MODES,
  PARKING,
  SCOPES,
  USES,
  WordOf,
} from './openimmo-words.js';

/** `uebertragung`: how a feed is meant. Null is what the sender left out. */
export interface OpenImmoTransfer {
  readonly art: WordOf<typeof ARTS> | null;
  /** VOLL: the provider's whole stock. TEIL: changes only. */
  readonly scope: WordOf<typeof SCOPES> | null;
  readonly mode: WordOf<typeof MODES> | null;
  readonly version: string | null;
  readonly senderSoftware: string | null;
  readonly senderVersion: string | null;
  readonly registrationId: string | null;
  /** A time without zone is Berlin's. */
  readonly sentAt: Instant | null;
}

/** `anbieter`: whose objects these are. */
export interface OpenImmoProvider {
  readonly number: string | null;
  readonly name: string | null;
  /** `openimmo_anid`, unique over all providers. */
  readonly anid: string | null;
}

/**
 * `immobilie`, the parts of it that concern letting. Null is not stated; money is in the currency of `prices`, areas
 * are m².
 */
export interface OpenImmoEstate {
  readonly identity: EstateIdentity;
  readonly category: EstateCategory;
  readonly place: EstatePlace;
  readonly prices: EstatePrices;
  readonly areas: EstateAreas;
  readonly equipment: EstateEquipment;
  readonly condition: EstateCondition;
  readonly texts: EstateTexts;
  readonly attachments: readonly EstateAttachment[];
  readonly terms: EstateTerms;
}

/** `verwaltung_techn`. */
export interface EstateIdentity {
  /** `objektnr_extern`: the number people know. */
  readonly number: string | null;
  readonly internalNumber: string | null;
  /** `openimmo_obid`, unique over all providers. */
  readonly obid: string | null;
  readonly action: WordOf<typeof ACTIONS> | null;
  /** `stand_vom`. */
  readonly asOf: CalendarDate | null;
  readonly activeFrom: CalendarDate | null;
  readonly activeUntil: CalendarDate | null;
}

/** `objektkategorie`. */
export interface EstateCategory {
  readonly uses: readonly WordOf<typeof USES>[];
  readonly marketing: readonly WordOf<typeof MARKETING>[];
  readonly kind: WordOf<typeof ESTATE_KINDS> | null;
  readonly flatType: WordOf<typeof FLAT_TYPES> | null;
}

/** `geo`. */
export interface EstatePlace {
  readonly postcode: string | null;
  readonly city: string | null;
  /** ISO 3166-1 alpha-3. */
  readonly country: string | null;
  /** `regionaler_zusatz`: usually the district. */
  readonly region: string | null;
  /** As written, mostly a number; 0 is the ground floor. */
  readonly floor: string | null;
  /** Null unless the owner released it (`objektadresse_freigeben`). */
  readonly address: EstateAddress | null;
}

/** What leads to the door. */
export interface EstateAddress {
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly flatNumber: string | null;
  /** Degrees north. */
  readonly latitude: DecimalText | null;
  /** Degrees east. */
  readonly longitude: DecimalText | null;
}

/** `preise`; rents per month unless `period` says otherwise. */
export interface EstatePrices {
  /** ISO 4217; euros when not stated. */
  readonly currency: string;
  /** `nettokaltmiete`: rent for the rooms alone. */
  readonly netRent: DecimalText | null;
  /** `kaltmiete`: rent without heating; many senders mean the net rent. */
  readonly coldRent: DecimalText | null;
  /** `warmmiete`. */
  readonly grossRent: DecimalText | null;
  readonly serviceCharges: DecimalText | null;
  readonly heatingCharges: DecimalText | null;
  /** Whether the service charges contain heating. */
  readonly heatingIncluded: boolean | null;
  readonly deposit: DecimalText | null;
  readonly depositText: string | null;
  readonly cooperativeShare: DecimalText | null;
  readonly purchasePrice: DecimalText | null;
  /** `preis_zeiteinheit`, as written. */
  readonly period: string | null;
}

/** `flaechen`; m² with two decimals, rooms with one. */
export interface EstateAreas {
  readonly livingArea: DecimalText | null;
  readonly usableArea: DecimalText | null;
  readonly totalArea: DecimalText | null;
  readonly rooms: DecimalText | null;
  readonly bedrooms: DecimalText | null;
  readonly bathrooms: DecimalText | null;
  readonly balconies: DecimalText | null;
  readonly terraces: DecimalText | null;
  readonly loggias: DecimalText | null;
}

/** `ausstattung`. */
export interface EstateEquipment {
  readonly heating: readonly WordOf<typeof HEATING>[];
  readonly fuels: readonly WordOf<typeof FUELS>[];
  /** Empty without a lift and when nothing is said; `liftStated` tells them apart. */
  readonly lifts: readonly WordOf<typeof LIFTS>[];
  readonly liftStated: boolean;
  readonly parking: readonly WordOf<typeof PARKING>[];
  readonly cellar: WordOf<typeof CELLARS> | null;
  readonly kitchen: readonly WordOf<typeof KITCHENS>[];
  readonly bath: readonly WordOf<typeof BATHS>[];
  readonly flooring: readonly WordOf<typeof FLOORINGS>[];
  readonly furnished: WordOf<typeof FURNISHED> | null;
  readonly wheelchairAccessible: boolean | null;
  readonly barrierFree: boolean | null;
  readonly suitsSeniors: boolean | null;
  readonly suitsSharing: boolean | null;
  readonly guestToilet: boolean | null;
  readonly gardenUse: boolean | null;
  readonly storeroom: boolean | null;
  readonly bicycleRoom: boolean | null;
}

/** `zustand_angaben`. */
export interface EstateCondition {
  /** As written, because some write words. */
  readonly yearBuilt: string | null;
  readonly lastModernised: string | null;
  /** The standard's word, e.g. `GEPFLEGT`, as written. */
  readonly state: string | null;
  readonly certificates: readonly EnergyPass[];
}

/** `energiepass`; values are kWh per m² and year. */
export interface EnergyPass {
  readonly kind: WordOf<typeof CERTIFICATES> | null;
  /** `jahrgang`: the rules it was issued under, or why there is none. */
  readonly rules: WordOf<typeof CERTIFICATE_RULES> | null;
  readonly demand: DecimalText | null;
  readonly consumption: DecimalText | null;
  readonly withHotWater: boolean | null;
  /** Efficiency class `A+` to `H`, as written. */
  readonly efficiencyClass: string | null;
  readonly energySource: string | null;
  readonly issued: CalendarDate | null;
  /** As written, e.g. `01-2030`. */
  readonly validUntil: string | null;
}

/** `freitexte`; may contain line breaks and, against the standard, HTML. */
export interface EstateTexts {
  readonly title: string | null;
  readonly summary: string | null;
  readonly location: string | null;
  readonly equipment: string | null;
  readonly description: string | null;
  readonly other: string | null;
}

/** `anhang`. */
export interface EstateAttachment {
  readonly location: WordOf<typeof LOCATIONS> | null;
  readonly group: WordOf<typeof ATTACHMENT_GROUPS> | null;
  readonly title: string | null;
  readonly format: AttachmentFormat | null;
  /** Name of a file beside the feed, or an address. Never to be opened or fetched as it stands. */
  readonly path: string | null;
  /** The content itself in base64, checked. */
  readonly content: string | null;
}

export type AttachmentFormat = 'JPEG' | 'PNG' | 'GIF' | 'PDF' | 'OTHER';

/** `verwaltung_objekt`. */
export interface EstateTerms {
  readonly addressReleased: boolean;
  /** `abdatum`, else the date that `verfuegbar_ab` names. */
  readonly availableFrom: CalendarDate | null;
  /** `verfuegbar_ab` where it is words. */
  readonly availability: string | null;
  /** `wbs_sozialwohnung`: only with a housing entitlement certificate. */
  readonly entitlementRequired: boolean | null;
  /** `vermietet`. */
  readonly let: boolean | null;
  readonly petsAllowed: boolean | null;
}
