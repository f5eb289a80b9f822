import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { NodeType } from '#lib/graph';

@ObjectType('EnergyCustomer', {
  implements: () => [NodeType],
  description: 'Der Kunde als Geschäftspartner der Stadtwerke Energie.',
})
export class EnergyCustomerType implements NodeType {
  @Field(() => ID)
  id: string;

  /** Not part of the graph: whose data the fields below are. */
  customer: Customer;
}
