import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import { Scope } from '#lib/graph';
import { AlertService } from '../alert.service.js';
import { ServiceAlertType, toServiceAlertType } from './service-alert.type.js';
import { StopType } from './stop.type.js';

const FIRST = { type: () => Int, defaultValue: 20, description: '1 bis 100.' };

/** Messages about disturbed service: public. Null, not a failed answer, when there are none to be had. */
@Resolver(() => StopType)
export class ServiceAlertResolver {
  constructor(private readonly service: AlertService) {}

  @Allow({ callers: 'anyone' })
  @Query(() => [ServiceAlertType], {
    name: 'serviceAlerts',
    nullable: true,
    description: 'Störungsmeldungen, die gelten oder angekündigt sind, die geltenden zuerst.',
  })
  async serviceAlerts(
    @Args('stopId', {
      type: () => ID,
      nullable: true,
      description: 'Nur was diese Haltestelle (id, DHID oder Nummer) oder eine Linie dort betrifft.',
    })
    stopId: string | null | undefined,
    @Args('first', FIRST) first: number,
    @Scope() scope: RequestScope,
  ): Promise<ServiceAlertType[]> {
    const { value, source } = await this.service.listAlerts(scope, stopId ?? null, first);
    return value.map((alert) => toServiceAlertType(alert, source, scope.language));
  }

  @ResolveField('alerts', () => [ServiceAlertType], {
    nullable: true,
    description: 'Störungsmeldungen, die diese Haltestelle oder eine Linie dort betreffen.',
  })
  alerts(
    @Parent() stop: StopType,
    @Args('first', FIRST) first: number,
    @Scope() scope: RequestScope,
  ): Promise<ServiceAlertType[]> {
    return this.serviceAlerts(stop.dhid ?? stop.id, first, scope);
  }
}
