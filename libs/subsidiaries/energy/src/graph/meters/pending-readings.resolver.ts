import { Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DateScalar, DecimalScalar, Pending, ProcessField, Scope, type PendingWish } from '#lib/graph';
import { parseDecimal, type CalendarDate, type DecimalText, type RequestScope } from '#lib/kernel';
import { SubmitReadings } from '../../commands/submit-readings.js';
import { ENERGY_KEY } from '../../operations.js';
import { MeterType } from './meter.type.js';

@ObjectType('PendingReading', { description: 'Gemeldeter Zählerstand, der noch nicht bestätigt ist.' })
export class PendingReadingType {
  @Field(() => ID)
  registerId: string;

  @Field(() => DecimalScalar)
  value: DecimalText;

  @Field(() => DateScalar)
  date: CalendarDate;

  @ProcessField()
  process: PendingWish['process'];
}

/** Readings under way, beside those that are confirmed. */
@Resolver(() => MeterType)
export class PendingReadingsResolver {
  constructor(
    private readonly pending: Pending,
    private readonly command: SubmitReadings,
  ) {}

  @ResolveField('pendingReadings', () => [PendingReadingType], {
    description: 'Gemeldete Stände, die noch nicht bestätigt sind; sie zählen erst, wenn sie unter "registers" stehen.',
  })
  pendingReadings(
    @Parent() { registers, customer }: MeterType,
    @Scope() scope: RequestScope,
  ): Promise<PendingReadingType[]> {
    const submitted = { subsidiary: ENERGY_KEY, command: this.command };
    return this.pending.list(scope, customer, submitted, ({ date, readings }) =>
      readings.flatMap(({ registerId, value }) => {
        const register = registers.find(({ id }) => id === registerId);
        return register === undefined
          ? []
          : [{ registerId, value: parseDecimal(value, register.decimals) ?? (value as DecimalText), date }];
      }),
    );
  }
}
