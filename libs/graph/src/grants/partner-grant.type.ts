import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { NodeType } from '../types/node.type.js';

@ObjectType('PartnerGrant', {
  implements: () => [NodeType],
  description: 'Freigabe: was der Kunde einem Partner erlaubt hat. Sie kann jederzeit beendet werden.',
})
export class PartnerGrantType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Name des Partners.' })
  partner: string;

  @Field(() => [String], { description: 'Was der Partner darf, je ein Satz.' })
  scopes: readonly string[];

  @Field(() => DateTimeScalar, { description: 'Erteilt am.' })
  since: Instant;

  @Field(() => DateTimeScalar, { description: 'Endet spätestens dann.' })
  until: Instant;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Zuletzt vom Partner genutzt, auf die Minute; null, solange er es nicht getan hat.',
  })
  lastUsed: Instant | null;
}
