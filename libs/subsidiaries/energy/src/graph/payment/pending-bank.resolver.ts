import { Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Pending, ProcessField, Scope, type PendingWish } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { ChangeBankAccount } from '../../commands/change-bank-account.js';
import { EnergyService } from '../../energy.service.js';
import { maskedIban } from '../../model/payment/bank-account.js';
import { ENERGY_KEY } from '../../operations.js';
import { BankAccountListType } from '../billing/contract-account.type.js';

@ObjectType('PendingBankAccount', { description: 'Gewünschte Bankverbindung, die noch nicht bestätigt ist.' })
export class PendingBankAccountType {
  @Field(() => String, { description: 'Kontoinhaber.' })
  holder: string;

  @Field(() => String, { description: 'IBAN bis auf Land und letzte vier Stellen verdeckt.' })
  maskedIban: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Vertragskonto, für das abgebucht werden soll; null: nur hinterlegt.',
  })
  contractAccountId: string | null;

  @ProcessField()
  process: PendingWish['process'];
}

/** Bank accounts that a customer has named, beside those that are on file. */
@Resolver(() => BankAccountListType)
export class PendingBankResolver {
  constructor(
    private readonly pending: Pending,
    private readonly service: EnergyService,
    private readonly command: ChangeBankAccount,
  ) {}

  @ResolveField('pending', () => [PendingBankAccountType], {
    description: 'Bankverbindungen, die der Kunde genannt hat und die noch nicht bestätigt sind.',
  })
  async pendingAccounts(
    @Parent() { customer }: BankAccountListType,
    @Scope() scope: RequestScope,
  ): Promise<PendingBankAccountType[]> {
    // The list itself is there for everyone; what it lists is not.
    if (!this.service.maySeeBankAccounts(scope, customer)) return [];
    const changes = { subsidiary: ENERGY_KEY, command: this.command };
    return this.pending.list(scope, customer, changes, ({ iban, holder, directDebit }) => [
      { holder, maskedIban: maskedIban(iban), contractAccountId: directDebit?.contractAccountId ?? null },
    ]);
  }
}
