import { Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MoneyType, Reusable, Scope, SourcedType, SourceType } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { sameNumber } from '../../model/sap-number.js';
import { EnergyContractType } from '../contracts/energy-contract.type.js';

@ObjectType('PaymentPlan', {
  implements: () => [SourcedType],
  description: 'Ratenplan: wie ein Rückstand abgetragen wird.',
})
export class PaymentPlanType implements SourcedType {
  @Field(() => MoneyType, { description: 'Höhe einer Rate.' })
  amount: MoneyType;

  @Field(() => MoneyType, { description: 'Rückstand, der abgetragen wird.' })
  debt: MoneyType;

  @Field(() => String, { description: 'Monat der ersten Rate, z. B. "2026-12".' })
  startsIn: string;

  @Field(() => String, { nullable: true, description: 'Turnus in den Worten des Systems.' })
  cycle: string | null;

  @Field(() => SourceType)
  source: SourceType;
}

@Resolver(() => EnergyContractType)
export class PaymentPlanResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => PaymentPlanType, { nullable: true, description: 'Ratenplan; null, wenn keiner läuft.' })
  async paymentPlan(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<PaymentPlanType | null> {
    const { value, source } = await this.service.paymentPlans(scope, customer);
    const plan = value.find(({ contractNumber }) => sameNumber(contractNumber, contract.number));
    if (plan === undefined) return null;
    const { amount, debt, startsIn, cycle } = plan;
    return { amount, debt, startsIn, cycle, source };
  }
}
