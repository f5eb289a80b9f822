import { Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { Allow } from '#lib/access';
import { AppError, parseInstant, type Instant, type RequestScope } from '#lib/kernel';
import { PartnerController, PartnerScope } from '#lib/partner';
import { StopService } from '../stop.service.js';
import { DeparturesDto, DeparturesQuery, toDeparturesDto } from './departures.dto.js';

/** Departures for partners: public, the same data and refusals as in the graph. */
@PartnerController('transit')
export class DeparturesController {
  constructor(private readonly service: StopService) {}

  @Allow({ callers: 'anyone' })
  @Get('stops/:id/departures')
  @ApiOperation({ summary: 'Abfahrten an einer Haltestelle' })
  @ApiParam({ name: 'id', description: 'Kennung, DHID (de:16053:153166) oder Nummer (IBNR) der Haltestelle.' })
  @ApiOkResponse({ type: DeparturesDto })
  @ApiNotFoundResponse({ description: 'Diese Haltestelle gibt es nicht.' })
  async departures(
    @Param('id') id: string,
    @Query() query: DeparturesQuery,
    @PartnerScope() scope: RequestScope,
  ): Promise<DeparturesDto> {
    const board = await this.service.findDepartures(scope, id, query.first, parseFrom(query.from));
    if (board === null) throw new AppError('NOT_FOUND', 'no such stop', { path: 'id' });
    return toDeparturesDto(board);
  }
}

function parseFrom(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const from = parseInstant(text);
  if (from !== undefined) return from;
  const reason = 'must be RFC 3339 with offset, e.g. 2026-11-22T18:00:00+01:00';
  throw new AppError('INVALID_INPUT', 'no such instant', { path: 'from', reason });
}
