import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { toGlobalId, type Source } from '#lib/kernel';
import { MoneyType, NodeType, SourcedType, SourceType } from '#lib/graph';
import type { ValueCard } from '../model/value-card.js';

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

  /** Not in the schema: whose card it is. */
  customer: Customer;
}

/** A card as the graph shows it. */
export function toValueCard(
  { key, maskedNumber, balance }: ValueCard,
  customer: Customer,
  source: Source,
): ValueCardType {
  return { id: toGlobalId('ValueCard', key), number: maskedNumber, balance, source, customer };
}
