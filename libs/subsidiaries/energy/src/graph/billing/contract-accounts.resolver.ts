import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { BankAccountListType, ContractAccountType } from './contract-account.type.js';
import { EnergyCustomerType } from '../energy-customer.type.js';
import { toContractAccount } from './to-contract-account.js';
import { toBankAccount } from '../payment/to-bank-account.js';

/** What a customer owes and by which accounts it is paid. */
@Resolver(() => EnergyCustomerType)
export class ContractAccountsResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => [ContractAccountType], { nullable: true, description: 'Vertragskonten mit offenen Beträgen.' })
  async contractAccounts(
    @Parent() { customer }: EnergyCustomerType,
    @Scope() scope: RequestScope,
  ): Promise<ContractAccountType[]> {
    const { value, source } = await this.service.contractAccounts(scope, customer);
    return value.map((account) => toContractAccount(account, customer, source));
  }

  @Reusable()
  @ResolveField(() => BankAccountListType, { nullable: true, description: 'Bankverbindungen des Kunden.' })
  async bankAccounts(
    @Parent() { customer }: EnergyCustomerType,
    @Scope() scope: RequestScope,
  ): Promise<BankAccountListType> {
    const { value, source } = await this.service.bankAccounts(scope, customer);
    const account = this.service.findAccount(scope, customer) ?? '';
    return { nodes: value.map((bankAccount) => toBankAccount(bankAccount, account)), source, customer };
  }
}
