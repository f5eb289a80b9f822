import type { CalendarDate } from '#lib/kernel';
import type { WordOf } from './openimmo-words.js';

/** How someone wants to be reached (`bevorzugt`). */
export const CONTACT_WAYS = ['EMAIL', 'TEL', 'MOBIL', 'FAX', 'POST'] as const;
/** What someone asks for (`wunsch`). */
export const WISHES = ['BESICHTIGUNG', 'ANRUF', 'DETAIL', 'EXPOSE'] as const;

/** `openimmo_feedback`: enquiries about objects, or what an import thought of a feed. Null is not stated. */
export interface OpenImmoFeedback {
  readonly version: string | null;
  readonly sender: FeedbackSender;
  readonly objects: readonly FeedbackObject[];
  readonly errors: readonly FeedbackError[];
  readonly status: { readonly number: string | null; readonly text: string | null } | null;
}

export interface FeedbackSender {
  readonly name: string | null;
  readonly anid: string | null;
  readonly date: CalendarDate | null;
  /** `makler_id`: the provider's number at the sender. */
  readonly brokerId: string | null;
  readonly registrationId: string | null;
}

/** `objekt`: what the enquiry is about, as the sender knows it. */
export interface FeedbackObject {
  readonly portalUniqueId: string | null;
  readonly portalObjectId: string | null;
  readonly providerId: string | null;
  /** `oobj_id`: the number of the object at its provider. */
  readonly objectId: string | null;
  readonly furtherReference: string | null;
  readonly url: string | null;
  /** As written; some write `KAUF`, some `Kauf`. */
  readonly marketing: string | null;
  readonly title: string | null;
  readonly floor: string | null;
  readonly flatNumber: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly district: string | null;
  readonly price: string | null;
  readonly rooms: string | null;
  readonly area: string | null;
  readonly prospects: readonly Prospect[];
}

/** `interessent`: who asks. */
export interface Prospect {
  readonly id: string | null;
  readonly salutation: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly fax: string | null;
  readonly email: string | null;
  readonly preferredWays: readonly WordOf<typeof CONTACT_WAYS>[];
  readonly wishes: readonly WordOf<typeof WISHES>[];
  /** `anfrage`: the message, may have several lines. */
  readonly message: string | null;
}

/** `fehler`: what an import refused. */
export interface FeedbackError {
  readonly objectId: string | null;
  readonly number: string | null;
  readonly text: string | null;
}
