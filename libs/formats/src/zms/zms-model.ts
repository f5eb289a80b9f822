import type { CalendarDate, Instant } from '#lib/kernel';

/** Process states of ZMS, in upper case; OTHER stands for those that it does not name yet or leaves empty. */
export const ZMS_STATUSES = [
  'FREE',
  'RESERVED',
  'PRECONFIRMED',
  'CONFIRMED',
  'QUEUED',
  'CALLED',
  'PROCESSING',
  'PENDING',
  'FINISHED',
  'MISSED',
  'PARKED',
  'ARCHIVED',
  'DELETED',
  'ANONYMIZED',
  'BLOCKED',
  'CONFLICT',
  'OTHER',
] as const;
export type ZmsStatus = (typeof ZMS_STATUSES)[number];

/** A service that people come for ("request" in ZMS). */
export interface ZmsService {
  readonly id: string;
  readonly name: string | null;
  /** How often it can be booked at once. */
  readonly maxQuantity: number | null;
}

/** A place with an address. */
export interface ZmsProvider {
  readonly id: string;
  readonly name: string | null;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
}

/** A counter group of a provider: it has appointments and a queue of its own. */
export interface ZmsScope {
  readonly id: string;
  readonly shortName: string | null;
  readonly provider: ZmsProvider | null;
  /** What the form must or may ask; null where the answer does not say. */
  readonly emailRequired: boolean | null;
  readonly telephoneActivated: boolean | null;
  readonly telephoneRequired: boolean | null;
  readonly captchaRequired: boolean | null;
  readonly reservationMinutes: number | null;
}

/** How many slots a service takes at a provider. */
export interface ZmsRelation {
  readonly serviceId: string;
  readonly providerId: string;
  readonly slots: number;
}

export interface ZmsAppointment {
  readonly start: Instant;
  readonly scopeId: string | null;
  readonly slotCount: number;
  /** Null when the answer does not say how long a slot is. */
  readonly minutes: number | null;
}

export interface ZmsQueue {
  readonly number: string;
  readonly displayNumber: string | null;
  readonly arrivedAt: Instant | null;
  readonly calledAt: Instant | null;
  readonly callCount: number;
  readonly withAppointment: boolean | null;
  readonly waitedSeconds: number | null;
  readonly waySeconds: number | null;
  readonly estimatedMinutes: number | null;
  /** Usually a room. */
  readonly destination: string | null;
}

/** Personal data. */
export interface ZmsClient {
  readonly familyName: string | null;
  readonly email: string | null;
  readonly telephone: string | null;
}

/** A visit, with or without appointment. */
export interface ZmsProcess {
  /** "0" as long as nothing is reserved. */
  readonly id: string;
  /** Secret: with it a process can be changed and cancelled. */
  readonly authKey: string | null;
  readonly status: ZmsStatus;
  readonly scope: ZmsScope | null;
  readonly appointments: readonly ZmsAppointment[];
  readonly services: readonly ZmsService[];
  readonly client: ZmsClient | null;
  readonly queue: ZmsQueue | null;
  readonly createdAt: Instant | null;
}

/** A day of the booking calendar. */
export interface ZmsDay {
  readonly date: CalendarDate;
  readonly bookable: 'BOOKABLE' | 'FULL' | 'NOT_BOOKABLE' | 'RESTRICTED' | 'OTHER';
  /** Free appointments for everyone. */
  readonly free: number;
}

/** A time that can be reserved; the provider is null where the answer is about one only. */
export interface ZmsSlot {
  readonly start: Instant;
  readonly providerId: string | null;
}

export type ZmsDocument =
  | {
      readonly kind: 'source';
      readonly providers: readonly ZmsProvider[];
      readonly services: readonly ZmsService[];
      readonly scopes: readonly ZmsScope[];
      readonly relations: readonly ZmsRelation[];
      readonly days: readonly ZmsDay[];
    }
  | {
      readonly kind: 'calendar';
      readonly first: CalendarDate;
      readonly last: CalendarDate;
      readonly days: readonly ZmsDay[];
      readonly scopes: readonly ZmsScope[];
      readonly services: readonly ZmsService[];
      readonly bookableUntil: Instant | null;
    }
  | { readonly kind: 'slots'; readonly slots: readonly ZmsSlot[] }
  | { readonly kind: 'processes'; readonly processes: readonly ZmsProcess[] }
  | { readonly kind: 'scopes'; readonly scopes: readonly ZmsScope[] }
  | { readonly kind: 'queue'; readonly queue: readonly ZmsQueue[] }
  /** A refusal; `codes` are the names of ZMS's exceptions or the error codes of its citizen API. */
  | { readonly kind: 'error'; readonly codes: readonly string[] };
