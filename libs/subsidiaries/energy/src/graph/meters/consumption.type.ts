import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { DateScalar, DecimalScalar, MoneyType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { ReadingCategory } from '../../model/meters/kept-reading.js';
import { ReadingCategoryEnum } from './meter-reading.type.js';

@ObjectType('BilledConsumption', { description: 'Verbrauch in einem Abrechnungszeitraum, meist einem Monat.' })
export class BilledConsumptionType {
  @Field(() => DateScalar, { description: 'Erster Tag.' })
  from: CalendarDate;

  @Field(() => DateScalar, { description: 'Letzter Tag.' })
  until: CalendarDate;

  @Field(() => String, {
    description: 'Monat, zu dem die Abrechnung den Verbrauch zählt, z. B. "2026-10"; nicht immer der seiner Tage.',
  })
  billedIn: string;

  @Field(() => DecimalScalar)
  value: DecimalText;

  @Field(() => String, { description: 'Einheit, z. B. "kWh".' })
  unit: string;

  @Field(() => MoneyType, { description: 'Was dafür berechnet wurde.' })
  cost: MoneyType;

  @Field(() => ReadingCategoryEnum, { description: 'Ob abgelesen oder geschätzt.' })
  category: ReadingCategory;
}

@ObjectType('ConsumptionByMonth', {
  implements: () => [SourcedType],
  description: 'Verbrauch nach Abrechnungszeiträumen, ältester zuerst.',
})
export class ConsumptionByMonthType implements SourcedType {
  @Field(() => [BilledConsumptionType])
  values: BilledConsumptionType[];

  @Field(() => SourceType)
  source: SourceType;
}

@ObjectType('DailyConsumption', { description: 'Verbrauch eines Tages über alle Zählwerke.' })
export class DailyConsumptionType {
  @Field(() => DateScalar)
  date: CalendarDate;

  @Field(() => DecimalScalar)
  value: DecimalText;

  @Field(() => String, { description: 'Einheit, z. B. "kWh".' })
  unit: string;
}

@ObjectType('ConsumptionByDay', {
  implements: () => [SourcedType],
  description: 'Verbrauch nach Tagen, ältester zuerst; leer, wenn kein intelligenter Zähler Tageswerte sendet.',
})
export class ConsumptionByDayType implements SourcedType {
  @Field(() => [DailyConsumptionType])
  values: DailyConsumptionType[];

  @Field(() => SourceType)
  source: SourceType;
}

@ArgsType()
export class DaysArgs {
  @Field(() => DateScalar, { nullable: true, description: 'Erster Tag.' })
  from?: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag; ohne Angabe heute.' })
  until?: CalendarDate | null;
}
