import type { Label, Labels } from '#lib/customer';
import type { Instant } from '#lib/kernel';
import { GRID } from '../labels.js';
import { pageOf, parsePage, type Page, type PageInput, type PageQuery } from '../page.js';

/** Who got in touch: the customer, or the company. */
export const CONTACT_DIRECTIONS = ['INBOUND', 'OUTBOUND'] as const;
export type ContactDirection = (typeof CONTACT_DIRECTIONS)[number];

/** A contact (Kontakt, Interaktion) with a customer, as an agent noted it. */
export interface ContactRecord {
  /** The system's number. */
  readonly number: string;
  readonly at: Instant;
  readonly direction: ContactDirection;
  /** In the system's own words, e.g. `Telefon`; null when it does not say. */
  readonly channel: string | null;
  readonly reason: string | null;
  readonly category: string | null;
  readonly subject: string;
  readonly note: string | null;
  /** What our own command left in the note, by which it is found again; null for all others. */
  readonly reference: string | null;
}

/** That somebody called and what about: this company's own counter, and nobody else. */
const CONTACT: Label = { category: 'CONTRACT', purposes: [], grid: false };

/** Free text may hold readings and market locations, which nobody can prune: it is as closed as those. */
export const contactRecordLabels: Labels<ContactRecord> = {
  number: CONTACT,
  at: CONTACT,
  direction: CONTACT,
  channel: CONTACT,
  reason: CONTACT,
  category: CONTACT,
  subject: GRID,
  note: GRID,
  reference: CONTACT,
};

const CURSOR = 'ContactRecordCursor';

/** @throws AppError INVALID_INPUT with path `first` or `after` */
export function parseContactPage(input: PageInput): PageQuery {
  return parsePage(input, CURSOR);
}

/** Newest first, no row twice. */
export function pageOfContacts(contacts: readonly ContactRecord[], query: PageQuery): Page<ContactRecord> {
  const distinct = contacts.filter(
    ({ number }, index) => contacts.findIndex((other) => other.number === number) === index,
  );
  return pageOf(distinct, ({ at, number }) => `${at}/${number}`, query, CURSOR);
}
