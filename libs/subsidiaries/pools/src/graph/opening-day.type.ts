import { Field, ObjectType } from '@nestjs/graphql';
import { DateScalar, DateTimeScalar, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate, Instant } from '#lib/kernel';

@ObjectType('OpeningSpan', { description: 'Zeit, in der ein Bad geöffnet ist.' })
export class OpeningSpanType {
  @Field(() => DateTimeScalar)
  from: Instant;

  @Field(() => DateTimeScalar)
  until: Instant;

  @Field(() => String, { nullable: true, description: 'Bezeichnung im Kalender, etwa "Frühschwimmen".' })
  title: string | null;

  @Field(() => String, { nullable: true, description: 'Hinweis dazu.' })
  note: string | null;
}

@ObjectType('OpeningDay', {
  implements: () => [SourcedType],
  description: 'Öffnungszeiten eines Bades an einem Tag nach seinem Kalender.',
})
export class OpeningDayType implements SourcedType {
  @Field(() => DateScalar)
  date: CalendarDate;

  @Field(() => Boolean, { nullable: true, description: 'Ob das Bad gerade geöffnet ist; null, außer für heute.' })
  openNow: boolean | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Erste Öffnung des Tages; null, wenn geschlossen ist.' })
  opens: Instant | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Letzte Schließung; sie kann nach Mitternacht liegen. Null, wenn geschlossen ist.',
  })
  closes: Instant | null;

  @Field(() => [OpeningSpanType], {
    description: 'Alle Zeiten, die an diesem Tag beginnen; leer, wenn geschlossen ist.',
  })
  spans: readonly OpeningSpanType[];

  @Field(() => String, {
    nullable: true,
    description: 'Warum den ganzen Tag geschlossen ist; null, wenn der Kalender nichts dazu sagt.',
  })
  closedReason: string | null;

  @Field(() => [String], { description: 'Ankündigungen: Schließungen und was den ganzen Tag über stattfindet.' })
  notices: readonly string[];

  @Field(() => SourceType)
  source: SourceType;
}
