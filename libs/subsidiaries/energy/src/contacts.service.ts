import { Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import type { Reading, RequestScope } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { ContactsBackend } from './backend/agents/contacts.backend.js';
import { CONTACT_CHOICES, CONTACTS } from './contacts.operations.js';
import { contactRecordLabels, type ContactRecord } from './model/agents/contact-record.js';
import type { ContactChoices } from './model/agents/contact-wish.js';
import { isOwnAgent, ownAgent } from './own-agent.js';

/** Contacts with customers, for the counter of this company. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly backend: ContactsBackend,
    private readonly access: CustomerAccess,
    private readonly upstream: Upstream,
  ) {}

  /**
   * Null for anyone but agents of this company. Customers have a right to a copy of what is noted about them (Art. 15
   * (3) GDPR), and get it by the export, after somebody has seen to what a note says about other people (Art. 15 (4)):
   * a page cannot do that.
   * @throws AppError NOT_FOUND, UPSTREAM_* as all reads
   */
  async list(scope: RequestScope, customer: Customer): Promise<Reading<readonly ContactRecord[]> | null> {
    if (!isOwnAgent(scope)) return null;
    return this.access.read(
      {
        operation: CONTACTS,
        labels: contactRecordLabels,
        load: (account, call) => this.backend.listContacts(account, null, call),
      },
      scope,
      customer,
    );
  }

  /** What a contact can be noted as. @throws AppError FORBIDDEN for anyone but agents of this company; UPSTREAM_* */
  async choices(scope: RequestScope): Promise<Reading<ContactChoices>> {
    ownAgent(scope);
    return this.upstream.read(
      { operation: CONTACT_CHOICES, account: null, args: [], load: (call) => this.backend.listChoices(call) },
      scope,
    );
  }
}
