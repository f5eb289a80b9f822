import { createHash } from 'node:crypto';
import { Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Allow } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import { PartnerController, PartnerScope } from '#lib/partner';
import { HousingService } from '../housing.service.js';
import { ListingsDto, toListingsDto } from './listings.dto.js';
import { ListingsQuery, toListingSearch } from './listings.query.js';

/** The part of Fastify's reply that is needed here. */
interface Reply {
  header(name: string, value: string): Reply;
  code(status: number): Reply;
}

/** How long others may keep an answer. A stale one they had better ask for again each time. */
const FRESH = 'public, max-age=60';
const STALE = 'public, no-cache';

/** Flats to let for partners: public, the same data and refusals as in the graph. */
@PartnerController('housing')
export class ListingsController {
  constructor(private readonly service: HousingService) {}

  @Allow({ callers: 'anyone' })
  @Get('listings')
  @ApiOperation({ summary: 'Wohnungsangebote von jenawohnen' })
  @ApiOkResponse({ type: ListingsDto })
  @ApiResponse({ status: 304, description: 'Unverändert seit dem ETag in If-None-Match.' })
  async listings(
    @Query() query: ListingsQuery,
    @Headers('if-none-match') known: string | undefined,
    @PartnerScope() scope: RequestScope,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<ListingsDto | undefined> {
    const listings = toListingsDto(await this.service.searchListings(scope, toListingSearch(query)));
    const etag = etagOf(listings);
    reply.header('etag', etag).header('cache-control', listings.source.stale ? STALE : FRESH);
    if (!isKnown(known, etag)) return listings;
    reply.code(304);
    return undefined;
  }
}

function etagOf(content: ListingsDto): string {
  return `"${createHash('sha256').update(JSON.stringify(content)).digest('base64url')}"`;
}

/** If-None-Match after RFC 9110: a list of tags, compared weakly, or any. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(etag);
}
