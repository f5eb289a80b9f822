import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { CalendarDate, Instant, RequestScope } from '#lib/kernel';
import { DateScalar, Scope } from '#lib/graph';
import { HoursService, type KnownDay } from '../hours.service.js';
import { OpeningDayType } from './opening-day.type.js';
import { PoolType } from './pool.type.js';

/** Adds opening hours to a pool: public. */
@Resolver(() => PoolType)
export class OpeningDaysResolver {
  constructor(private readonly service: HoursService) {}

  @ResolveField('today', () => OpeningDayType, { nullable: true, description: 'Öffnungszeiten von heute.' })
  async today(@Parent() { pool }: PoolType, @Scope() scope: RequestScope): Promise<OpeningDayType | null> {
    const day = await this.service.findToday(scope, pool);
    return day && toType(day);
  }

  @ResolveField('openingDays', () => [OpeningDayType], {
    nullable: true,
    description:
      'Öffnungszeiten an höchstens 62 Tagen, "until" eingeschlossen, zwischen 31 Tagen zurück und 366 Tagen voraus.',
  })
  async openingDays(
    @Parent() { pool }: PoolType,
    @Args('from', { type: () => DateScalar }) from: CalendarDate,
    @Args('until', { type: () => DateScalar }) until: CalendarDate,
    @Scope() scope: RequestScope,
  ): Promise<readonly OpeningDayType[]> {
    const days = await this.service.listDays(scope, pool, from, until);
    return days.map(toType);
  }
}

function toType({ spans, ...day }: KnownDay): OpeningDayType {
  return {
    ...day,
    opens: spans[0]?.opens ?? null,
    closes: spans.reduce<Instant | null>((last, { closes }) => (last !== null && last > closes ? last : closes), null),
    spans: spans.map(({ opens, closes, title, note }) => ({ from: opens, until: closes, title, note })),
  };
}
