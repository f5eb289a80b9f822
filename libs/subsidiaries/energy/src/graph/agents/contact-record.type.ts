import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar, NodeType, PageInfoType, SourcedType, SourceType, SubmissionArgs } from '#lib/graph';
import type { Instant } from '#lib/kernel';
import { CONTACT_DIRECTIONS, type ContactDirection } from '../../model/agents/contact-record.js';

export const ContactDirectionEnum = Object.fromEntries(CONTACT_DIRECTIONS.map((name) => [name, name]));
registerEnumType(ContactDirectionEnum, {
  name: 'ContactDirection',
  description: 'Wer sich gemeldet hat.',
  valuesMap: { INBOUND: { description: 'Der Kunde.' }, OUTBOUND: { description: 'Die Gesellschaft.' } },
});

@ObjectType('ContactRecord', {
  implements: () => [NodeType],
  description: 'Kontakt mit dem Kunden, wie ihn jemand vermerkt hat.',
})
export class ContactRecordType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => DateTimeScalar)
  at: Instant;

  @Field(() => ContactDirectionEnum)
  direction: ContactDirection;

  @Field(() => String, { nullable: true, description: 'Weg, z. B. "Telefon".' })
  channel: string | null;

  @Field(() => String, { nullable: true, description: 'Anlass, z. B. "Frage zur Rechnung".' })
  reason: string | null;

  @Field(() => String, { nullable: true })
  category: string | null;

  @Field(() => String, { nullable: true, description: 'Betreff; null für den Vertrieb (§ 6a EnWG).' })
  subject: string | null;

  @Field(() => String, { nullable: true, description: 'Text; null für den Vertrieb (§ 6a EnWG).' })
  note: string | null;
}

@ObjectType('ContactRecordConnection', {
  implements: () => [SourcedType],
  description: 'Kontakte, neueste zuerst, seitenweise.',
})
export class ContactRecordConnectionType implements SourcedType {
  @Field(() => [ContactRecordType])
  nodes: readonly ContactRecordType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;

  @Field(() => Int, { description: 'Anzahl über alle Seiten.' })
  totalCount: number;

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('ContactChoice', { description: 'Ein Wert, mit dem ein Kontakt vermerkt werden kann.' })
export class ContactChoiceType {
  @Field(() => String)
  code: string;

  @Field(() => String)
  name: string;
}

@ObjectType('ContactCategory', { description: 'Thema eines Kontakts, in Stufen.' })
export class ContactCategoryType extends ContactChoiceType {
  @Field(() => String, { nullable: true, description: 'Code des Themas darüber.' })
  parent: string | null;
}

@ObjectType('ContactChoices', {
  implements: () => [SourcedType],
  description: 'Die Listen des Hauses, für "recordContact".',
})
export class ContactChoicesType implements SourcedType {
  @Field(() => [ContactChoiceType])
  reasons: readonly ContactChoiceType[];

  @Field(() => [ContactChoiceType])
  channels: readonly ContactChoiceType[];

  @Field(() => [ContactCategoryType])
  categories: readonly ContactCategoryType[];

  @Field(() => SourceType)
  source: SourceType;
}

@ArgsType()
export class RecordContactArgs extends SubmissionArgs {
  @Field(() => DateTimeScalar, { description: 'Wann der Kontakt war; höchstens 31 Tage zurück.' })
  at: Instant;

  @Field(() => ContactDirectionEnum)
  direction: ContactDirection;

  @Field(() => String, { description: 'Code aus "energyContactChoices".' })
  channel: string;

  @Field(() => String, { description: 'Code aus "energyContactChoices".' })
  reason: string;

  @Field(() => String, { nullable: true, description: 'Code aus "energyContactChoices".' })
  category?: string | null;

  @Field(() => String, { description: 'Betreff, 3 bis 40 Zeichen in einer Zeile.' })
  subject: string;

  @Field(() => String, {
    nullable: true,
    description: 'Text, höchstens 1200 Zeichen. Der Kunde hat ein Recht auf eine Kopie (Art. 15 DSGVO).',
  })
  note?: string | null;
}
