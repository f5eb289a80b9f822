import { Field, ID, ObjectType } from '@nestjs/graphql';
import { NodeType } from './node.type.js';

@ObjectType('Customer', {
  implements: () => [NodeType],
  description: 'Kunde der Unternehmensgruppe; es gibt ihn auch ohne Anmeldung.',
})
export class CustomerType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Name, wie er bei der Gruppe geführt wird.' })
  name: string;

  @Field(() => Boolean, { description: 'Ob sich der Kunde anmelden kann.' })
  hasSignIn: boolean;
}
