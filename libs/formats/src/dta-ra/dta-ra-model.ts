import type { Instant } from '#lib/kernel';
import type { ApplianceType, ManufacturerType, PersonType, RoomType, Salutation } from './dta-ra-tables.js';

/** `damagenotification`: a tenant's report of a damage. Null is not stated. */
export interface DamageNotification {
  readonly version: string;
  /** Who owns the ids and which program made them, e.g. `de.example.portal`. */
  readonly namespace: string;
  /** UUID in lower case. */
  readonly id: string;
  /** To the second; a time without zone is Berlin's. */
  readonly notifiedAt: Instant;
  readonly location: DamageLocation;
  readonly damage: Damage;
  readonly sender: DtaRaPerson;
  readonly senderType: PersonType;
  readonly contact: DtaRaPerson | null;
  readonly contactType: PersonType | null;
  readonly customAttributes: CustomAttributes;
}

export interface DamageLocation {
  readonly realEstateId: string | null;
  readonly realEstateNumber: string | null;
  readonly realEstateName: string | null;
  readonly houseId: string | null;
  readonly houseNumber: string | null;
  readonly unitId: string | null;
  readonly unitNumber: string | null;
  readonly unitName: string | null;
  /** Street, mostly with its number. */
  readonly street: string;
  /** Number in the street, where `street` lacks it. */
  readonly number: string | null;
  readonly postcode: string;
  readonly city: string;
  /** 0 is the ground floor. */
  readonly floor: number | null;
  readonly manager: DtaRaPerson | null;
  readonly management: DtaRaPerson;
  readonly owner: DtaRaPerson | null;
  readonly tenant: DtaRaPerson | null;
  readonly caretaker: DtaRaPerson | null;
  readonly customAttributes: CustomAttributes;
}

export interface Damage {
  readonly room: string | null;
  readonly roomType: RoomType;
  readonly appliance: string | null;
  readonly applianceType: ApplianceType;
  readonly model: string | null;
  readonly manufacturer: string | null;
  readonly manufacturerType: ManufacturerType | null;
  readonly serialNumber: string | null;
  readonly serialNumberImage: DamageImage | null;
  readonly productionNumber: string | null;
  readonly productionNumberImage: DamageImage | null;
  readonly description: string;
  /** At most two. */
  readonly images: readonly DamageImage[];
  readonly remarks: string | null;
  readonly customAttributes: CustomAttributes;
}

/** A picture of at most 5 MiB, its kind told from its first bytes. */
export interface DamageImage {
  readonly format: 'JPEG' | 'PNG';
  readonly base64: string;
}

export interface DtaRaPerson {
  readonly id: string | null;
  /** Whether it is a company. */
  readonly legal: boolean;
  readonly salutation: Salutation;
  /** First name or first line. */
  readonly name1: string;
  /** Last name or second line; may be empty. */
  readonly name2: string;
  readonly email: string | null;
  readonly mobile: string | null;
  readonly phonePrivate: string | null;
  readonly phoneBusiness: string | null;
  readonly reachability: readonly Reachability[];
  readonly customAttributes: CustomAttributes;
}

/** When someone can be called: a day and times of day `HH:MM:SS`, each as far as stated. */
export interface Reachability {
  readonly date: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** What a program adds for itself. */
export type CustomAttributes = readonly CustomAttribute[];

export interface CustomAttribute {
  readonly name: string;
  readonly value: string | number | boolean | null;
}
