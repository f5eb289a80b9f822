import { Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DateScalar, MoneyType, Pending, ProcessField, Scope, type PendingWish } from '#lib/graph';
import { money, type CalendarDate, type Money, type RequestScope } from '#lib/kernel';
import { ChangeInstalment } from '../../commands/change-instalment.js';
import { amountOf, contractNumberOf } from '../../model/billing/instalment-plan.js';
import { sameNumber } from '../../model/sap-number.js';
import { ENERGY_KEY } from '../../operations.js';
import { InstalmentType } from './instalment.type.js';

@ObjectType('PendingInstalment', { description: 'Gewünschter Abschlag, der noch nicht bestätigt ist.' })
export class PendingInstalmentType {
  @Field(() => MoneyType)
  amount: Money;

  @Field(() => DateScalar, { description: 'Erster Tag des neuen Betrags.' })
  from: CalendarDate;

  @ProcessField()
  process: PendingWish['process'];
}

/** The change under way, beside the amount that is confirmed. */
@Resolver(() => InstalmentType)
export class InstalmentResolver {
  constructor(
    private readonly pending: Pending,
    private readonly command: ChangeInstalment,
  ) {}

  @ResolveField('pending', () => PendingInstalmentType, {
    nullable: true,
    description: 'Die zuletzt gewünschte Änderung, solange sie nicht bestätigt ist; sonst null.',
  })
  pendingChange(
    @Parent() { contractNumber, customer }: InstalmentType,
    @Scope() scope: RequestScope,
  ): Promise<PendingInstalmentType | null> {
    const changes = { subsidiary: ENERGY_KEY, command: this.command };
    return this.pending.last(scope, customer, changes, (wish) => {
      const number = contractNumberOf(wish);
      const amount = amountOf(wish);
      const isOfContract = number !== undefined && sameNumber(number, contractNumber);
      return isOfContract && amount !== undefined ? [{ amount: money(amount), from: wish.from }] : [];
    });
  }
}
