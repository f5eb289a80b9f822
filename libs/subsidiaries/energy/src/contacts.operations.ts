import type { ReadOperation } from '#lib/upstream';
import { SAP } from './operations.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Colleagues note contacts in the system itself, and the next one reads them while the customer is still there. */
export const CONTACTS: ReadOperation = {
  ...SAP,
  name: 'energy.contacts',
  ttlMs: MINUTE,
  staleForMs: 2 * HOUR,
  deadlineMs: 6000,
};

/** Asked anew, because it decides whether a contact is noted already. */
export const CONTACTS_SINCE: ReadOperation = {
  ...SAP,
  name: 'energy.contacts-since',
  ttlMs: 0,
  staleForMs: 0,
  deadlineMs: 10_000,
};

/** The house's own lists; they change by customising. */
export const CONTACT_CHOICES: ReadOperation = {
  ...SAP,
  name: 'energy.contact-choices',
  ttlMs: 12 * HOUR,
  staleForMs: 24 * HOUR,
  deadlineMs: 6000,
};
