import { Field, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { MoneyType, SourcedType, SourceType } from '#lib/graph';

@ObjectType('Instalment', {
  implements: () => [SourcedType],
  description: 'Abschlag: der laufende Abschlagsplan eines Vertrags.',
})
export class InstalmentType implements SourcedType {
  @Field(() => MoneyType, { description: 'Höhe des Abschlags.' })
  amount: MoneyType;

  @Field(() => MoneyType, { description: 'Kleinster Betrag, auf den der Kunde den Abschlag ändern darf.' })
  minimum: MoneyType;

  @Field(() => MoneyType, { description: 'Größter Betrag, auf den der Kunde den Abschlag ändern darf.' })
  maximum: MoneyType;

  @Field(() => String, { nullable: true, description: 'Turnus in den Worten des Systems, z. B. "Monatlich".' })
  cycle: string | null;

  @Field(() => SourceType)
  source: SourceType;

  /** Not part of the graph: whose it is, and of which contract. */
  customer: Customer;
  contractNumber: string;
}
