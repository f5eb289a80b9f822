import { epochOf } from '#lib/kernel';
import type { HttpRequest } from '#lib/upstream';
import type { ContactWish } from '../../model/agents/contact-wish.js';
import { INTERACTION_RECORDS } from './contacts.wire.js';
import { withReference } from './read-contact.js';
import { CRM } from '../umc.wire.js';

/** A contact with a business partner. */
export interface ContactOrder extends ContactWish {
  readonly account: string;
  /** Ours, by which it is found again: SAP has no field for it, so it is the last line of the note. */
  readonly reference: string;
}

export function contactRequest(order: ContactOrder): HttpRequest {
  const { account, reference, at, direction, channel, reason, category, subject, note } = order;
  return {
    method: 'POST',
    path: `${CRM}/${INTERACTION_RECORDS}`,
    headers: { accept: 'application/json', 'accept-language': 'de', 'content-type': 'application/json' },
    body: JSON.stringify({
      AccountID: account,
      Description: subject,
      InteractionRecordReasonID: reason,
      ...(category === null ? {} : { InteractionRecordCategory1GUID: category }),
      ChannelID: channel,
      Note: withReference(note, reference),
      DateFrom: `/Date(${epochOf(at)})/`,
      IncomingFlag: direction === 'INBOUND',
    }),
  };
}
