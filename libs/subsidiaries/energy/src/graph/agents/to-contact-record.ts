import { toGlobalId } from '#lib/kernel';
import type { ContactRecord } from '../../model/agents/contact-record.js';
import type { ContactRecordType } from './contact-record.type.js';

/** A contact as the graph shows it; our own reference says nothing to anyone. */
export function toContactRecord(contact: ContactRecord): ContactRecordType {
  const { number, at, direction, channel, reason, category, subject, note } = contact;
  return { id: toGlobalId('ContactRecord', number), at, direction, channel, reason, category, subject, note };
}
