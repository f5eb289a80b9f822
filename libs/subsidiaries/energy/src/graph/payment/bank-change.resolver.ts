import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { Customer } from '#lib/customer';
import {
  Outcome,
  ResultNodes,
  Scope,
  SubmissionArgs,
  Submissions,
  type LoadResult,
  type NamedNode,
  type ProcessType,
  type RefusalType,
} from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { ChangeBankAccount, type BankResult } from '../../commands/change-bank-account.js';
import { EnergyService } from '../../energy.service.js';
import { DirectDebitMandate } from '../../mandate.js';
import { sameNumber } from '../../model/sap-number.js';
import { toBankAccount } from './to-bank-account.js';

@InputType('DirectDebitInput', { description: 'Lastschriftmandat: erteilt an dem Tag, den die Quittung nennt.' })
export class DirectDebitInput {
  @Field(() => ID, { description: 'Vertragskonto, für das abgebucht wird.' })
  contractAccountId: string;

  @Field(() => String, {
    description: 'Fassung von "directDebitText", die der Kunde gelesen und der er zugestimmt hat.',
  })
  textVersion: string;
}

@ArgsType()
export class ChangeBankAccountArgs extends SubmissionArgs {
  @Field(() => String, { description: 'IBAN; Leerzeichen und Kleinbuchstaben stören nicht.' })
  iban: string;

  @Field(() => String, { description: 'Kontoinhaber, höchstens 60 Zeichen.' })
  holder: string;

  @Field(() => DirectDebitInput, {
    nullable: true,
    description: 'Ab jetzt wird von diesem Konto abgebucht; ohne Angabe wird es nur hinterlegt.',
  })
  directDebit?: DirectDebitInput | null;
}

@ObjectType('DirectDebitText', { description: 'Wortlaut des SEPA-Lastschriftmandats.' })
export class DirectDebitTextType {
  @Field(() => String)
  version: string;

  @Field(() => String, { description: 'Auf Deutsch, wie er gilt; dem Kunden vor der Zustimmung ganz zu zeigen.' })
  text: string;
}

/** How customers change the bank account by which they pay. */
@Resolver()
export class BankChangeResolver implements OnModuleInit {
  constructor(
    private readonly submissions: Submissions,
    private readonly results: ResultNodes,
    private readonly service: EnergyService,
    private readonly command: ChangeBankAccount,
    private readonly mandate: DirectDebitMandate,
  ) {}

  onModuleInit(): void {
    this.results.add(this.command.kind, ((result: BankResult, customer, scope) =>
      this.find(result, customer, scope)) as LoadResult);
  }

  @Allow({ callers: 'anyone' })
  @Query(() => DirectDebitTextType, {
    nullable: true,
    description: 'Wortlaut des Lastschriftmandats für Energie; null, wenn keines erteilt werden kann.',
  })
  directDebitText(): DirectDebitTextType | null {
    return this.mandate.text;
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, {
    description:
      'Hinterlegt eine Bankverbindung oder ändert deren Inhaber, auf Wunsch als Konto für die Lastschrift. Kunden ' +
      'brauchen einen frischen zweiten Faktor (STEP_UP_REQUIRED). Die IBAN erscheint danach nur verdeckt.',
  })
  changeBankAccount(
    @Args() { key, customerId, receiptTo, ...input }: ChangeBankAccountArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }

  private async find(result: BankResult, customer: Customer, scope: RequestScope): Promise<NamedNode | null> {
    const account = this.service.findAccount(scope, customer);
    if (account === null) return null;
    const { value } = await this.service.bankAccounts(scope, customer);
    const found = value.find(({ number }) => sameNumber(number, result.bankAccount));
    return found === undefined ? null : { __typename: 'BankAccount', ...toBankAccount(found, account) };
  }
}
