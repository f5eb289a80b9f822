import { Field, ID, ObjectType } from '@nestjs/graphql';
import { MoneyType, NodeType, SourcedType, SourceType } from '#lib/graph';

@ObjectType('ValueCard', {
  implements: () => [NodeType, SourcedType],
  description: 'Geldwertkarte für Eintritt und Gastronomie in den Bädern.',
})
export class ValueCardType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Kartennummer; nur die letzten vier Zeichen sind lesbar.' })
  number: string;

  @Field(() => MoneyType, { description: 'Guthaben; negativ, wenn der Kunde etwas schuldet.' })
  balance: MoneyType;

  @Field(() => SourceType)
  source: SourceType;
}
