import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { Outcome, Scope, Submissions, type ProcessType, type RefusalType } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { RecordContact } from '../../commands/record-contact.js';
import { ContactsService } from '../../contacts.service.js';
import { pageOfContacts, parseContactPage } from '../../model/agents/contact-record.js';
import { ownAgent } from '../../own-agent.js';
import { ContactChoicesType, ContactRecordConnectionType, RecordContactArgs } from './contact-record.type.js';
import { EnergyCustomerType } from '../energy-customer.type.js';
import { PageArgs } from '../meters/meter-reading.type.js';
import { toContactRecord } from './to-contact-record.js';

/** Contacts with customers, for the counter of this company. */
@Resolver(() => EnergyCustomerType)
export class ContactRecordResolver {
  constructor(
    private readonly service: ContactsService,
    private readonly submissions: Submissions,
    private readonly command: RecordContact,
  ) {}

  @ResolveField(() => ContactRecordConnectionType, {
    nullable: true,
    description:
      'Kontakte, die vermerkt sind. Nur für Mitarbeitende der Stadtwerke Energie, sonst null; Kunden erhalten eine Kopie ' +
      'auf Antrag.',
  })
  async contactRecords(
    @Parent() { customer }: EnergyCustomerType,
    @Args() args: PageArgs,
    @Scope() scope: RequestScope,
  ): Promise<ContactRecordConnectionType | null> {
    const query = parseContactPage(args);
    const contacts = await this.service.list(scope, customer);
    if (contacts === null) return null;
    const { items, totalCount, hasNextPage, endCursor } = pageOfContacts(contacts.value, query);
    const pageInfo = { hasNextPage, endCursor };
    return { nodes: items.map(toContactRecord), pageInfo, totalCount, source: contacts.source };
  }

  @Allow({ callers: ['agent'] })
  @Query(() => ContactChoicesType, {
    description: 'Anlässe, Wege und Themen von Kontakten bei den Stadtwerken Energie; nur für deren Mitarbeitende.',
  })
  async energyContactChoices(@Scope() scope: RequestScope): Promise<ContactChoicesType> {
    const { value, source } = await this.service.choices(scope);
    return { ...value, source };
  }

  @Allow({ callers: ['agent'] })
  @Mutation(() => Outcome, {
    description:
      'Vermerkt einen Kontakt mit dem Kunden, der gerade bedient wird. Nur für Mitarbeitende der Stadtwerke Energie.',
  })
  recordContact(
    @Args() { key, customerId, receiptTo, ...input }: RecordContactArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    ownAgent(scope);
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }
}
