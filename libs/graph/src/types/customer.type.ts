import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Reusable } from '../reuse/reusable.decorator.js';
import { NodeType } from './node.type.js';

@ObjectType('Customer', {
  implements: () => [NodeType],
  description: 'Kunde der Unternehmensgruppe; es gibt ihn auch ohne Anmeldung.',
})
export class CustomerType implements NodeType {
  @Reusable()
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Name, wie er bei der Gruppe geführt wird.' })
  name: string;

  @Reusable()
  @Field(() => Boolean, { description: 'Ob sich der Kunde anmelden kann.' })
  hasSignIn: boolean;
}
