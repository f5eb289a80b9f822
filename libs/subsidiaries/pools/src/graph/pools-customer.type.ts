import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { NodeType } from '#lib/graph';

@ObjectType('PoolsCustomer', {
  implements: () => [NodeType],
  description: 'Der Kunde bei der Jenaer Bädergesellschaft.',
})
export class PoolsCustomerType implements NodeType {
  @Field(() => ID)
  id: string;

  /** Not in the schema: whom the fields below belong to. */
  customer: Customer;
}
