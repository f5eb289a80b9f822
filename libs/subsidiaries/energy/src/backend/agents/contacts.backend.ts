import { Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import type { CalendarDate, Loaded } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { ContactRecord } from '../../model/agents/contact-record.js';
import type { ContactChoices } from '../../model/agents/contact-wish.js';
import { CATEGORIES, CHANNELS, DATE_FROM, INTERACTION_RECORDS, REASONS, WITH_WORDS } from './contacts.wire.js';
import { odataFilter } from '../sap/odata-filter.js';
import { readCategory, readChannel, readContact, readReason } from './read-contact.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { CRM } from '../umc.wire.js';
import type { Written } from '../sap/write-answer.js';
import { contactRequest, type ContactOrder } from './write-contact.js';

/** Contacts with customers, in CRM. */
@Injectable()
export class ContactsBackend {
  constructor(private readonly sap: SapGateway) {}

  /** @param since first day, in UTC; null for all */
  listContacts(
    account: string,
    since: CalendarDate | null,
    call: UpstreamCall,
  ): Promise<Loaded<readonly ContactRecord[]>> {
    const filter = since && odataFilter({ property: DATE_FROM, is: 'ge', value: { day: since } });
    const query = filter === null ? WITH_WORDS : `${WITH_WORDS}&${filter}`;
    const path = `${CRM}/Accounts(${odataKey(account)})/${INTERACTION_RECORDS}?${query}`;
    return this.sap.readSet(path, call, (row, rowPath) => readContact(row, rowPath, account));
  }

  /** The house's own lists, the same for everyone. */
  async listChoices(call: UpstreamCall): Promise<Loaded<ContactChoices>> {
    const [reasons, channels, categories] = await Promise.all([
      this.sap.readSet(`${CRM}/${REASONS}`, call, readReason),
      this.sap.readSet(`${CRM}/${CHANNELS}`, call, readChannel),
      this.sap.readSet(`${CRM}/${CATEGORIES}`, call, readCategory),
    ]);
    return {
      value: { reasons: reasons.value, channels: channels.value, categories: categories.value },
      omissions: [reasons, channels, categories].flatMap(({ omissions }) => omissions),
    };
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as `readWritten` */
  record(order: ContactOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(contactRequest(order), call);
  }
}
