import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { sameNumber } from '../../model/sap-number.js';
import { BankAccountType, ContractAccountType, DirectDebitMandateType } from '../billing/contract-account.type.js';
import { toBankAccount } from './to-bank-account.js';

@Resolver(() => ContractAccountType)
export class DirectDebitMandateResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => DirectDebitMandateType, {
    nullable: true,
    description: 'Lastschriftmandat; null, wenn der Kunde überweist.',
  })
  async directDebitMandate(
    @Parent() { debitedBankAccount, customer }: ContractAccountType,
    @Scope() scope: RequestScope,
  ): Promise<DirectDebitMandateType | null> {
    if (debitedBankAccount === null) return null;
    const { value, source } = await this.service.bankAccounts(scope, customer);
    const debited = value.find(({ number }) => sameNumber(number, debitedBankAccount));
    const account = this.service.findAccount(scope, customer);
    return debited === undefined || account === null ? null : { bankAccount: toBankAccount(debited, account), source };
  }
}

@Resolver(() => BankAccountType)
export class BankAccountResolver {
  constructor(private readonly service: EnergyService) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'Vollständige IBAN. Nur für den Kunden selbst und mit frischem zweiten Faktor (STEP_UP_REQUIRED).',
  })
  iban(@Parent() { bankAccount }: BankAccountType, @Scope() scope: RequestScope): string {
    this.service.expectMaySeeIban(scope);
    return bankAccount.iban;
  }
}
