import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar, MoneyType, NodeType } from '#lib/graph';

@ObjectType('AboCardProduct', { implements: () => [NodeType], description: 'Eine Ausführung der AboCard.' })
export class AboCardProductType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => Int, { description: 'So viele Personen dürfen sie höchstens nutzen.' })
  persons: number;

  @Field(() => MoneyType, { description: 'Preis je Monat für Berechtigte.' })
  pricePerMonth: MoneyType;
}

@ObjectType('AboCardOffer', { description: 'AboCard des GalaxSea, nur für Kunden der Stadtwerke Energie.' })
export class AboCardOfferType {
  @Field(() => [AboCardProductType])
  products: readonly AboCardProductType[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Ob der Kunde berechtigt ist; null, wenn es sich nicht sagen lässt. Erfragt wird mit seiner Einwilligung nur Ja oder Nein.',
  })
  entitled: boolean | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Wann die Berechtigung erfragt wurde; null ohne Auskunft.',
  })
  checkedAt: Instant | null;
}
