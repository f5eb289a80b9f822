import { Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DateScalar, MoneyType, Pending, ProcessField, Scope, type PendingWish } from '#lib/graph';
import { money, type CalendarDate, type Money, type RequestScope } from '#lib/kernel';
import { PayOpenItems } from '../../commands/pay-open-items.js';
import { amountFor } from '../../model/payment/payment-wish.js';
import { ENERGY_KEY } from '../../operations.js';
import { InvoiceType } from '../billing/invoice.type.js';

@ObjectType('PendingPayment', { description: 'Gewünschte Zahlung, die noch nicht bestätigt ist.' })
export class PendingPaymentType {
  @Field(() => MoneyType)
  amount: Money;

  @Field(() => DateScalar, { description: 'Tag der Abbuchung.' })
  date: CalendarDate;

  @ProcessField()
  process: PendingWish['process'];
}

/** The payment under way, beside what is open. */
@Resolver(() => InvoiceType)
export class PendingPaymentResolver {
  constructor(
    private readonly pending: Pending,
    private readonly command: PayOpenItems,
  ) {}

  @ResolveField(() => PendingPaymentType, {
    nullable: true,
    description: 'Die zuletzt gewünschte Zahlung auf diese Rechnung, solange sie nicht bestätigt ist; sonst null.',
  })
  pendingPayment(
    @Parent() { number, customer }: InvoiceType,
    @Scope() scope: RequestScope,
  ): Promise<PendingPaymentType | null> {
    const payments = { subsidiary: ENERGY_KEY, command: this.command };
    return this.pending.last(scope, customer, payments, (wish) => {
      const amount = amountFor(wish, number);
      return amount === undefined ? [] : [{ amount: money(amount), date: wish.date }];
    });
  }
}
