import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { NodeType } from '#lib/graph';

@ObjectType('HousingCustomer', { implements: () => [NodeType], description: 'Der Kunde als Mieter bei jenawohnen.' })
export class HousingCustomerType implements NodeType {
  @Field(() => ID)
  id: string;

  /** Not in the schema: whom the fields below belong to. */
  customer: Customer;
}
