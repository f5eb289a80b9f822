import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import type { CalendarDate, DecimalText, Money, Source } from '#lib/kernel';
import { DateScalar, DecimalScalar, MoneyType, NodeType, SourcedType, SourceType } from '#lib/graph';

@ObjectType('Flat', { description: 'Gemietete Wohnung.' })
export class FlatType {
  @Field(() => String, { description: 'Objektnummer.' })
  number: string;

  @Field(() => String, { nullable: true, description: 'Ortsteil.' })
  district: string | null;

  @Field(() => String, { nullable: true, description: 'Lage im Haus, z. B. "3. Etage".' })
  floor: string | null;

  @Field(() => DecimalScalar, { description: 'Zimmer, z. B. "2.5".' })
  rooms: DecimalText;

  @Field(() => DecimalScalar, { description: 'Wohnfläche in m².' })
  area: DecimalText;
}

@ObjectType('Lease', {
  implements: () => [NodeType, SourcedType],
  description: 'Mietvertrag über eine Wohnung; Beträge je Monat.',
})
export class LeaseType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Vertragsnummer.' })
  number: string;

  @Field(() => String, { description: 'Anschrift der Wohnung.' })
  address: string;

  @Field(() => FlatType, { description: 'Wohnung.' })
  flat: FlatType;

  @Field(() => DateScalar, { description: 'Mietbeginn.' })
  from: CalendarDate;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag des Mietverhältnisses; null ist unbefristet.' })
  until: CalendarDate | null;

  @Field(() => MoneyType, { description: 'Kaltmiete.' })
  netRent: Money;

  @Field(() => MoneyType, { description: 'Vorauszahlung der Nebenkosten einschließlich Heizkosten.' })
  serviceCharges: Money;

  @Field(() => MoneyType, { nullable: true, description: 'Anteil der Heizkosten an den Nebenkosten.' })
  heatingCharges: Money | null;

  @Field(() => MoneyType, { description: 'Bruttomiete: Kaltmiete und Nebenkosten.' })
  grossRent: Money;

  @Field(() => SourceType)
  source: Source;

  /** Not in the schema: whose lease it is. */
  customer: Customer;
}
