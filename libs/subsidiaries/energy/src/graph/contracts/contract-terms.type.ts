import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate } from '#lib/kernel';
import { PERIOD_UNITS, type PeriodUnit } from '../../model/contracts/terms.js';

const PeriodUnitEnum = Object.fromEntries(PERIOD_UNITS.map((unit) => [unit, unit]));
registerEnumType(PeriodUnitEnum, {
  name: 'PeriodUnit',
  description: 'Einheit einer Frist.',
  valuesMap: {
    DAY: { description: 'Tage' },
    WEEK: { description: 'Wochen' },
    MONTH: { description: 'Monate' },
    YEAR: { description: 'Jahre' },
  },
});

@ObjectType('Period', { description: 'Frist oder Laufzeit, wie Verträge sie nennen.' })
export class PeriodType {
  @Field(() => Int)
  count: number;

  @Field(() => PeriodUnitEnum)
  unit: PeriodUnit;
}

@ObjectType('ContractTerms', {
  implements: () => [SourcedType],
  description: 'Laufzeit und Kündigungsfrist eines Vertrags; null ist, was das System nicht nennt.',
})
export class ContractTermsType implements SourcedType {
  @Field(() => PeriodType, { nullable: true, description: 'Vereinbarte Mindestlaufzeit.' })
  minimumTerm: PeriodType | null;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag der laufenden Bindung.' })
  boundUntil: CalendarDate | null;

  @Field(() => PeriodType, { nullable: true, description: 'Kündigungsfrist.' })
  noticePeriod: PeriodType | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Letzter Tag des Vertrags, wenn die Kündigung heute einginge; ohne Gewähr für besondere Abreden.',
  })
  earliestEnd: CalendarDate | null;

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('BillingPeriod', {
  implements: () => [SourcedType],
  description: 'Laufender Abrechnungszeitraum: worüber die nächste Rechnung geht.',
})
export class BillingPeriodType implements SourcedType {
  @Field(() => DateScalar)
  from: CalendarDate;

  @Field(() => DateScalar)
  until: CalendarDate;

  @Field(() => SourceType)
  source: SourceType;
}
