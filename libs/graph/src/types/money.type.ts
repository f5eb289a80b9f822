import { Field, ObjectType } from '@nestjs/graphql';
import type { DecimalText } from '#lib/kernel';
import { DecimalScalar } from '../scalars/decimal.scalar.js';

@ObjectType('Money', { description: 'Geldbetrag.' })
export class MoneyType {
  @Field(() => DecimalScalar)
  amount: DecimalText;

  @Field(() => String, { description: 'Währung nach ISO 4217.' })
  currency: string;
}
