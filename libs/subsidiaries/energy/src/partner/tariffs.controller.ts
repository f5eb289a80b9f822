import { Query, Res } from '@nestjs/common';
import type { RequestScope } from '#lib/kernel';
import { PartnerController, PartnerRoute, PartnerScope, type PartnerReply } from '#lib/partner';
import { TariffService } from '../tariff.service.js';
import { TARIFFS_EXAMPLE } from './examples.js';
import { TariffsDto, TariffsQuery, toTariffsDto, toTariffSearch } from './tariffs.dto.js';

/** How long others may keep an answer. A stale one they had better ask for again each time. */
const FRESH = 'public, max-age=60';
const STALE = 'public, no-cache';

/** Tariffs for partners: public, the same data and refusals as in the graph. */
@PartnerController('energy')
export class TariffsController {
  constructor(private readonly service: TariffService) {}

  @PartnerRoute({
    method: 'GET',
    path: 'tariffs',
    rule: { callers: 'anyone' },
    summary: 'Tarife der Stadtwerke Energie mit dem, was sie bei einem Verbrauch kosten',
    answer: TariffsDto,
    example: TARIFFS_EXAMPLE,
  })
  async tariffs(
    @Query() query: TariffsQuery,
    @PartnerScope() scope: RequestScope,
    @Res({ passthrough: true }) reply: PartnerReply,
  ): Promise<TariffsDto> {
    const tariffs = toTariffsDto(await this.service.search(scope, toTariffSearch(query)));
    reply.header('cache-control', tariffs.source.stale ? STALE : FRESH);
    return tariffs;
  }
}
