import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { NodeType } from '#lib/graph';

@ObjectType('TransitCustomer', {
  implements: () => [NodeType],
  description: 'Der Kunde beim Jenaer Nahverkehr.',
})
export class TransitCustomerType implements NodeType {
  @Field(() => ID)
  id: string;

  /** Not in the schema: whom the fields below belong to. */
  customer: Customer;
}
