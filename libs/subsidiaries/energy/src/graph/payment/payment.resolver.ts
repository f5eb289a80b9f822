import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { Customer } from '#lib/customer';
import {
  DateScalar,
  DecimalScalar,
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
import { parseGlobalId, type CalendarDate, type DecimalText, type RequestScope } from '#lib/kernel';
import { PayOpenItems, type PaymentResult } from '../../commands/pay-open-items.js';
import { EnergyService } from '../../energy.service.js';
import { sameNumber } from '../../model/sap-number.js';
import { toContractAccount } from '../billing/to-contract-account.js';

@InputType('PaymentItemInput', { description: 'Was auf eine Rechnung gezahlt wird.' })
export class PaymentItemInput {
  @Field(() => ID)
  invoiceId: string;

  @Field(() => DecimalScalar, { description: 'Betrag in Euro, höchstens was offen ist.' })
  amount: DecimalText;
}

@ArgsType()
export class PayOpenItemsArgs extends SubmissionArgs {
  @Field(() => ID, { description: 'Vertragskonto, zu dem alle Rechnungen gehören.' })
  contractAccountId: string;

  @Field(() => ID, { description: 'Bankverbindung des Kunden, von der abgebucht wird.' })
  bankAccountId: string;

  @Field(() => [PaymentItemInput], { description: 'Offene Rechnungen, jede einmal, höchstens 20.' })
  items: PaymentItemInput[];

  @Field(() => DateScalar, { description: 'Tag der Abbuchung: heute oder innerhalb von 30 Tagen.' })
  date: CalendarDate;

  @Field(() => String, {
    description: 'Fassung von "directDebitText", die der Kunde gelesen und der er zugestimmt hat.',
  })
  textVersion: string;
}

/** How customers pay what is open. */
@Resolver()
export class PaymentResolver implements OnModuleInit {
  constructor(
    private readonly submissions: Submissions,
    private readonly results: ResultNodes,
    private readonly service: EnergyService,
    private readonly command: PayOpenItems,
  ) {}

  onModuleInit(): void {
    this.results.add(this.command.kind, ((result: PaymentResult, customer, scope) =>
      this.find(result, customer, scope)) as LoadResult);
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, {
    description:
      'Bezahlt offene Rechnungen durch einmalige Lastschrift. Was schon bezahlt wird, wird abgelehnt (ALREADY_PAID). ' +
      'Bleibt die Antwort aus, wird nachgesehen, bevor noch einmal gesendet wird.',
  })
  payOpenItems(
    @Args() { key, customerId, receiptTo, ...input }: PayOpenItemsArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }

  private async find(
    { contractAccountId }: PaymentResult,
    customer: Customer,
    scope: RequestScope,
  ): Promise<NamedNode | null> {
    const number = parseGlobalId(contractAccountId)?.key ?? '';
    const { value, source } = await this.service.contractAccounts(scope, customer);
    const account = value.find((each) => sameNumber(each.number, number));
    if (account === undefined) return null;
    return { __typename: 'ContractAccount', ...toContractAccount(account, customer, source) };
  }
}
