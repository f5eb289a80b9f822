import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { billedPeriods, consumedByDay, parseMonths, parseSingleDays } from '../../model/meters/consumption.js';
import { ConsumptionByDayType, ConsumptionByMonthType, DaysArgs } from './consumption.type.js';
import { EnergyContractType } from '../contracts/energy-contract.type.js';

@Resolver(() => EnergyContractType)
export class ConsumptionResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => ConsumptionByMonthType, {
    nullable: true,
    description:
      'Verbrauch der Abrechnungszeiträume, die in diesen Tagen beginnen; ohne Angabe des letzten Jahres. Leer für ' +
      'alle, die Netzdaten nicht sehen dürfen.',
  })
  async consumptionByMonth(
    @Parent() { contract, customer }: EnergyContractType,
    @Args() args: DaysArgs,
    @Scope() scope: RequestScope,
  ): Promise<ConsumptionByMonthType> {
    const days = parseMonths(args, this.service.today());
    const { value, source } = await this.service.consumption(scope, customer);
    const values = billedPeriods(value, contract.number, days).map(
      ({ contractNumber: _number, periodType: _type, ...period }) => period,
    );
    return { values, source };
  }

  @Reusable()
  @ResolveField(() => ConsumptionByDayType, {
    nullable: true,
    description: 'Verbrauch Tag für Tag, höchstens 100 Tage; ohne Angabe die letzten 31. Leer wie consumptionByMonth.',
  })
  async consumptionByDay(
    @Parent() { contract, customer }: EnergyContractType,
    @Args() args: DaysArgs,
    @Scope() scope: RequestScope,
  ): Promise<ConsumptionByDayType> {
    const days = parseSingleDays(args, this.service.today());
    const { value, source } = await this.service.profileDays(scope, customer, contract, days);
    return { values: [...consumedByDay(value)], source };
  }
}
