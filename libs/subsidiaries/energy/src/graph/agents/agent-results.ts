import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Customer } from '#lib/customer';
import { ResultNodes, type LoadResult, type NamedNode } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { RecordContact, type ContactResult } from '../../commands/record-contact.js';
import { ReviewReading, type ReviewResult } from '../../commands/review-reading.js';
import { ContactsService } from '../../contacts.service.js';
import { EnergyService } from '../../energy.service.js';
import { parseReadingId } from '../../model/meters/meter-id.js';
import { sameNumber } from '../../model/sap-number.js';
import { toContactRecord } from './to-contact-record.js';
import { toMeter } from '../meters/to-meter.js';

/** What agents' commands have changed, read anew. */
@Injectable()
export class AgentResults implements OnModuleInit {
  constructor(
    private readonly results: ResultNodes,
    private readonly service: EnergyService,
    private readonly contacts: ContactsService,
    private readonly review: ReviewReading,
    private readonly contact: RecordContact,
  ) {}

  onModuleInit(): void {
    this.results.add(this.review.kind, ((result: ReviewResult, customer, scope) =>
      this.meterOf(result, customer, scope)) as LoadResult);
    this.results.add(this.contact.kind, ((result: ContactResult, customer, scope) =>
      this.contactOf(result, customer, scope)) as LoadResult);
  }

  private async contactOf(
    { reference }: ContactResult,
    customer: Customer,
    scope: RequestScope,
  ): Promise<NamedNode | null> {
    const contacts = await this.contacts.list(scope, customer);
    const contact = contacts?.value.find((each) => each.reference === reference);
    return contact === undefined ? null : { __typename: 'ContactRecord', ...toContactRecord(contact) };
  }

  /** The meter whose reading was decided about. */
  private async meterOf(
    { readingId }: ReviewResult,
    customer: Customer,
    scope: RequestScope,
  ): Promise<NamedNode | null> {
    const key = parseReadingId(readingId);
    const account = this.service.findAccount(scope, customer);
    if (key === undefined || account === null) return null;
    const { value, source } = await this.service.meters(scope, customer);
    const meter = value.find(({ number }) => sameNumber(number, key.device));
    return meter === undefined ? null : { __typename: 'Meter', ...toMeter(meter, account, customer, source) };
  }
}
