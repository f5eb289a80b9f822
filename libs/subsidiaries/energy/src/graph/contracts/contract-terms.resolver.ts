import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { sameNumber } from '../../model/sap-number.js';
import { earliestEnd } from '../../model/contracts/terms.js';
import { BillingPeriodType, ContractTermsType } from './contract-terms.type.js';
import { EnergyContractType } from './energy-contract.type.js';

@Resolver(() => EnergyContractType)
export class ContractTermsResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => ContractTermsType, {
    nullable: true,
    description: 'Laufzeit und Kündigungsfrist; null, wenn das System keine führt.',
  })
  async terms(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<ContractTermsType | null> {
    const { value, source } = await this.service.terms(scope, customer);
    const terms = value.find(({ contractNumber }) => sameNumber(contractNumber, contract.number));
    if (terms === undefined) return null;
    const { minimumTerm, boundUntil, noticePeriod } = terms;
    const today = this.service.today();
    const hasEnd = contract.until !== null;
    return { minimumTerm, boundUntil, noticePeriod, earliestEnd: hasEnd ? null : earliestEnd(terms, today), source };
  }

  @Reusable()
  @ResolveField(() => BillingPeriodType, {
    nullable: true,
    description: 'Laufender Abrechnungszeitraum; null, wenn nichts mehr abzurechnen ist.',
  })
  async billingPeriod(
    @Parent() { contract, customer }: EnergyContractType,
    @Scope() scope: RequestScope,
  ): Promise<BillingPeriodType | null> {
    const { value, source } = await this.service.billingPeriod(scope, customer, contract);
    // Null too where the caller may not see it.
    return value === null ? null : { ...value, source };
  }
}
