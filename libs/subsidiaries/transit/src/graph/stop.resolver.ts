import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { keyOfGlobalId, toGlobalId, type Instant, type RequestScope } from '#lib/kernel';
import { DateTimeScalar, Scope } from '#lib/graph';
import { pollAfterSeconds } from '../model/departure-board.js';
import { StopService } from '../stop.service.js';
import { DepartureBoardType, toDepartureType } from './departure-board.type.js';
import { StopType, toStopType } from './stop.type.js';

/** Stops and departures: public. */
@Resolver(() => StopType)
export class StopResolver {
  constructor(private readonly service: StopService) {}

  @Allow({ callers: 'anyone' })
  @Query(() => [StopType], {
    name: 'stops',
    description: 'Haltestellen, deren Name dem Text ähnelt, die beste zuerst.',
  })
  async stops(
    @Args('text', { type: () => String, nullable: true, description: 'Höchstens 100 Zeichen.' }) text: string | null,
    @Args('first', { type: () => Int, defaultValue: 10, description: '1 bis 100.' }) first: number,
    @Scope() scope: RequestScope,
  ): Promise<StopType[]> {
    const { value } = await this.service.listStops(scope, text ?? '', first);
    return value.map(toStopType);
  }

  @Allow({ callers: 'anyone' })
  @Query(() => StopType, {
    name: 'stop',
    nullable: true,
    description: 'Haltestelle zu einer Kennung: id, DHID oder Nummer (IBNR); null, wenn es sie nicht gibt.',
  })
  async stop(@Args('id', { type: () => ID }) id: string, @Scope() scope: RequestScope): Promise<StopType | null> {
    const stop = await this.service.findStop(scope, id);
    return stop === null ? null : toStopType(stop);
  }

  @ResolveField('departures', () => DepartureBoardType, {
    nullable: true,
    description: 'Abfahrten ab jetzt oder später.',
  })
  async departures(
    @Parent() stop: StopType,
    @Args('first', { type: () => Int, defaultValue: 10, description: '1 bis 100.' }) first: number,
    @Args('from', { type: () => DateTimeScalar, nullable: true, description: 'Abfahrten ab diesem Zeitpunkt.' })
    from: Instant | null | undefined,
    @Scope() scope: RequestScope,
  ): Promise<DepartureBoardType | null> {
    const board = await this.service.findDepartures(scope, stop.id, first, from ?? null);
    if (board === null) return null;
    // What was asked for is part of the id: two boards of one stop are two things in a client's cache.
    const key = [keyOfGlobalId(stop.id, 'Stop'), first, from ?? 'now'].join('|');
    return {
      id: toGlobalId('DepartureBoard', key),
      nodes: board.value.departures.map(toDepartureType),
      source: board.source,
      pollAfterSeconds: pollAfterSeconds(board.source),
    };
  }
}
