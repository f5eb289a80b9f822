import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Reusable, Scope } from '#lib/graph';
import type { RequestScope } from '#lib/kernel';
import { EnergyService } from '../../energy.service.js';
import { pageOfHistory, parseReadingPage } from '../../model/meters/kept-reading.js';
import { readingId, registerId } from '../../model/meters/meter-id.js';
import { MeterReadingConnectionType, ReadingPageArgs } from './meter-reading.type.js';
import { MeterType } from './meter.type.js';

@Resolver(() => MeterType)
export class MeterReadingsResolver {
  constructor(private readonly service: EnergyService) {}

  @Reusable()
  @ResolveField(() => MeterReadingConnectionType, {
    nullable: true,
    description: 'Zählerstände seit Beginn der Lieferung an diesen Kunden, wer auch immer abgelesen hat.',
  })
  async readings(
    @Parent() { meter, account, customer }: MeterType,
    @Args() args: ReadingPageArgs,
    @Scope() scope: RequestScope,
  ): Promise<MeterReadingConnectionType> {
    const query = parseReadingPage(args);
    const { value, source } = await this.service.readings(scope, customer, meter);
    const { items, totalCount, hasNextPage, endCursor } = pageOfHistory(value, meter, query);
    const key = { account, contract: meter.contractNumber, device: meter.number };
    return {
      nodes: items.map(({ number, register, ...reading }) => ({
        id: readingId(key, number),
        registerId: registerId({ ...key, register }),
        ...reading,
      })),
      pageInfo: { hasNextPage, endCursor },
      totalCount,
      source,
    };
  }
}
