import { Args, ArgsType, Field, ID, InputType, Mutation, registerEnumType, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import {
  DateScalar,
  DecimalScalar,
  Outcome,
  Scope,
  SubmissionArgs,
  Submissions,
  type ProcessType,
  type RefusalType,
} from '#lib/graph';
import type { CalendarDate, DecimalText, RequestScope } from '#lib/kernel';
import { GiveNotice } from '../../commands/give-notice.js';
import { OrderSupply } from '../../commands/order-supply.js';
import { WithdrawContract } from '../../commands/withdraw-contract.js';
import { NOTICE_KINDS, type NoticeKind } from '../../model/supply/notice.js';

export const NoticeKindEnum = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, kind]));

registerEnumType(NoticeKindEnum, {
  name: 'NoticeKind',
  description: 'Art der Kündigung.',
  valuesMap: {
    ORDINARY: { description: 'Ordentliche Kündigung.' },
    RELOCATION: { description: 'Außerordentlich wegen Umzugs, mit sechs Wochen Frist (§ 41b Abs. 5 EnWG).' },
    PRICE_CHANGE: { description: 'Außerordentlich wegen einer Preisänderung (§ 41 Abs. 5 EnWG).' },
    GOOD_CAUSE: { description: 'Außerordentlich aus wichtigem Grund (§ 314 BGB).' },
  },
});

@InputType('StartReadingInput', { description: 'Was ein Zählwerk am ersten Tag der Lieferung anzeigt.' })
export class StartReadingInput {
  @Field(() => String, { description: 'Nummer, die auf dem Zähler steht.' })
  meterNumber: string;

  @Field(() => String, { description: 'Zählwerk, z. B. "001".' })
  register: string;

  @Field(() => DecimalScalar, { description: 'Was der Zähler anzeigt, mit Punkt.' })
  value: DecimalText;
}

@ArgsType()
export class OrderSupplyArgs extends SubmissionArgs {
  @Field(() => String, { description: 'Nummer der Marktlokation (MaLo), 11 Ziffern.' })
  marketLocation: string;

  @Field(() => String, { description: 'Nummer des Tarifs.' })
  productId: string;

  @Field(() => DateScalar, { description: 'Erster Tag der Lieferung (Einzug). Strom nie rückwirkend.' })
  from: CalendarDate;

  @Field(() => [StartReadingInput], {
    nullable: true,
    description: 'Anfangsstände; ohne Angabe liest der Netzbetreiber ab.',
  })
  readings?: StartReadingInput[] | null;

  @Field(() => Boolean, {
    description:
      'true, wenn die Schaltfläche „zahlungspflichtig bestellen“ hieß und betätigt wurde (§ 312j Abs. 3 BGB).',
  })
  orderConfirmed: boolean;
}

@ArgsType()
export class GiveNoticeArgs extends SubmissionArgs {
  @Field(() => ID)
  contractId: string;

  @Field(() => NoticeKindEnum)
  kind: NoticeKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Grund, höchstens 500 Zeichen; nötig bei PRICE_CHANGE und GOOD_CAUSE, über die ein Mensch entscheidet.',
  })
  reason?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Gewünschter letzter Tag der Lieferung; ohne Angabe der nächstmögliche.',
  })
  until?: CalendarDate | null;
}

@ArgsType()
export class WithdrawContractArgs extends SubmissionArgs {
  @Field(() => ID)
  contractId: string;
}

/** How customers begin and end contracts. */
@Resolver()
export class SupplyResolver {
  constructor(
    private readonly submissions: Submissions,
    private readonly order: OrderSupply,
    private readonly notice: GiveNotice,
    private readonly withdrawal: WithdrawContract,
  ) {}

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, {
    description: 'Bestellt Strom oder Gas an einer Lieferstelle, z. B. beim Einzug. Nicht für den Vertrieb.',
  })
  orderSupply(
    @Args() { key, customerId, receiptTo, ...input }: OrderSupplyArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.order.kind, key, customerId, receiptTo, input }, scope);
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Kündigt einen Vertrag, auch wegen eines Auszugs.' })
  giveNotice(
    @Args() { key, customerId, receiptTo, ...input }: GiveNoticeArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.notice.kind, key, customerId, receiptTo, input }, scope);
  }

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Widerruft einen Vertrag innerhalb von 14 Tagen nach Vertragsschluss.' })
  withdrawContract(
    @Args() { key, customerId, receiptTo, ...input }: WithdrawContractArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.withdrawal.kind, key, customerId, receiptTo, input }, scope);
  }
}
