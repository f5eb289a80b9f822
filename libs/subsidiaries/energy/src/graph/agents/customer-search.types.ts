import { createUnionType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateScalar, RefusalType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate } from '#lib/kernel';

@InputType('EnergyNameSearch', { description: 'Name und was ihn eingrenzt. Platzhalter wie "*" gibt es nicht.' })
export class EnergyNameSearchInput {
  @Field(() => String, { description: 'Ganzer Nachname; allein mindestens drei Buchstaben, sonst zwei.' })
  lastName: string;

  @Field(() => String, { nullable: true })
  firstName?: string | null;

  @Field(() => String, { nullable: true, description: 'Ganzer Name der Straße ohne Hausnummer.' })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Fünf Ziffern.' })
  postcode?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Geburtsdatum; ältere Stände des Systems führen es nicht.' })
  birthDate?: CalendarDate | null;
}

@InputType('EnergyCustomerSearch', {
  isOneOf: true,
  description:
    'Wonach ein Geschäftspartner gesucht wird; genau eine Angabe. Führende Nullen und Leerzeichen sind gleich.',
})
export class EnergyCustomerSearchInput {
  @Field(() => String, { nullable: true, description: 'Geschäftspartnernummer.' })
  customerNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Vertragsnummer.' })
  contractNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Vertragskontonummer.' })
  contractAccountNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Zählernummer; nicht für den Vertrieb (§ 6a EnWG).' })
  meterSerialNumber?: string | null;

  @Field(() => EnergyNameSearchInput, { nullable: true })
  name?: EnergyNameSearchInput | null;
}

@ObjectType('FoundEnergyCustomer', {
  description: 'Ein Treffer: so viel, wie es braucht, um jemanden zu erkennen. Mit der Nummer öffnet "openMandate".',
})
export class FoundEnergyCustomerType {
  @Field(() => String, { description: 'Geschäftspartnernummer.' })
  number: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true, description: 'Straße ohne Hausnummer.' })
  street: string | null;

  @Field(() => String, { nullable: true })
  city: string | null;
}

@ObjectType('FoundEnergyCustomers', { implements: () => [SourcedType], description: 'Höchstens 20 Treffer.' })
export class FoundEnergyCustomersType implements SourcedType {
  @Field(() => [FoundEnergyCustomerType])
  nodes: readonly FoundEnergyCustomerType[];

  @Field(() => SourceType)
  source: SourceType;
}

export const EnergyCustomerSearchResult = createUnionType({
  name: 'EnergyCustomerSearchResult',
  description: 'Die Treffer, oder eine Ablehnung: SEARCH_TOO_WIDE, TOO_MANY_ATTEMPTS.',
  types: () => [FoundEnergyCustomersType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : FoundEnergyCustomersType),
});
