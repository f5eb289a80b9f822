import { wodisObjectsCsvFrom } from '#lib/formats';
import { AppError } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { FeedContent, FeedSource } from '../feed/feed-keeper.js';
import { inTurns } from '../feed/turns.js';
import type { FeedListing } from '../model/listing.js';
import { ZIP_TYPES, type ExportServer } from './export-server.js';
import { readListings } from './read-listings.js';

type Content = FeedContent<FeedListing>;

/** The Wodis export. Keeps the last good one, so that an unchanged export is not sent again. */
export class WodisExport implements FeedSource<FeedListing> {
  readonly name = 'wodis';
  /** With all its pictures it may be some hundred megabytes. */
  readonly deadlineMs = 5 * 60_000;
  private etag: string | undefined;
  private last: Content | undefined;

  constructor(private readonly server: ExportServer) {}

  /** All flats to let. @throws AppError UPSTREAM_MALFORMED for an export that cannot be read, UPSTREAM_* of the server */
  async load(call: UpstreamCall): Promise<Content> {
    const request = { path: '/export/wodis.zip', mediaTypes: ZIP_TYPES, known: this.etag };
    const file = await this.server.fetchLarge(request, call, wodisObjectsCsvFrom);
    if (file === 'unchanged' && this.last !== undefined) return this.last;
    if (typeof file === 'string') throw new AppError('UPSTREAM_REJECTED', 'the export is not there');
    const { value, omissions } = await inTurns(readListings(file.content), call.signal);
    this.last = { value, omissions, leftOut: omissions.length, ...(file.writtenAt && { asOf: file.writtenAt }) };
    this.etag = file.etag;
    return this.last;
  }
}
