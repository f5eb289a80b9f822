import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { MoneyType, NodeType, SourcedType, SourceType } from '#lib/graph';
import type { BankAccount } from '../../model/payment/bank-account.js';

@ObjectType('BankAccount', { implements: () => [NodeType], description: 'Bankverbindung des Kunden.' })
export class BankAccountType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Kontoinhaber.' })
  holder: string;

  @Field(() => String, { nullable: true, description: 'Name der Bank.' })
  bank: string | null;

  @Field(() => String, { description: 'IBAN bis auf Land und letzte vier Stellen verdeckt.' })
  maskedIban: string;

  /** Not part of the graph: for the field that shows the IBAN in full. */
  bankAccount: BankAccount;
}

@ObjectType('BankAccountList', { implements: () => [SourcedType], description: 'Bankverbindungen des Kunden.' })
export class BankAccountListType implements SourcedType {
  @Field(() => [BankAccountType])
  nodes: BankAccountType[];

  @Field(() => SourceType)
  source: SourceType;

  /** Not part of the graph: whose they are. */
  customer: Customer;
}

@ObjectType('DirectDebitMandate', {
  implements: () => [SourcedType],
  description: 'Lastschriftmandat: von welchem Konto abgebucht wird. Die Mandatsreferenz führt das System nicht.',
})
export class DirectDebitMandateType implements SourcedType {
  @Field(() => BankAccountType)
  bankAccount: BankAccountType;

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('ContractAccount', {
  implements: () => [NodeType, SourcedType],
  description: 'Vertragskonto: worüber Verträge abgerechnet und bezahlt werden.',
})
export class ContractAccountType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Nummer des Vertragskontos.' })
  number: string;

  @Field(() => MoneyType, { description: 'Saldo: was insgesamt zu zahlen ist; negativ: Guthaben.' })
  balance: MoneyType;

  @Field(() => MoneyType, { description: 'Offene Forderungen.' })
  debits: MoneyType;

  @Field(() => MoneyType, { description: 'Noch nicht verrechnete Guthaben, null oder negativ.' })
  credits: MoneyType;

  @Field(() => SourceType)
  source: SourceType;

  /** Not part of the graph. */
  debitedBankAccount: string | null;
  customer: Customer;
}
