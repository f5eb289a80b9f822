import { openImmoChunks } from '#lib/formats';
import { AppError, epochOf, type Instant, type Omission } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { FeedReport } from '../feed/feed-import.js';
import type { FeedContent, FeedSource } from '../feed/feed-keeper.js';
import { ListingFeed } from '../feed/listing-feed.js';
import type { OfferedFlat } from '../feed/offered-flat.js';
import { XML_TYPES, ZIP_TYPES, type ExportFile, type ExportServer } from './export-server.js';

const FULL_PATH = '/export/openimmo.zip';
const CHANGES_PATH = '/export/openimmo-teil.xml';
const MEDIA_TYPES = [...ZIP_TYPES, ...XML_TYPES];
const CHANGES_TYPES = [...XML_TYPES, ...ZIP_TYPES];

/** What is known of a file that is in. */
type Known = Pick<ExportFile<Buffer>, 'etag' | 'writtenAt'>;

interface Refused {
  readonly omissions: readonly Omission[];
  readonly leftOut: number;
}

const NONE: Refused = { omissions: [], leftOut: 0 };

/** The OpenImmo portal feed: a whole stock, written at night, and the changes since then where there are any. */
export class OpenImmoExport implements FeedSource<OfferedFlat> {
  readonly name = 'openimmo';
  readonly deadlineMs = 60_000;
  private readonly feed = new ListingFeed();
  private full: Known | undefined;
  private changes: Known | undefined;
  private refusedInFull = NONE;
  private refusedInChanges = NONE;

  constructor(private readonly server: ExportServer) {}

  /**
   * All flats on offer. Changes that cannot be had or read leave the whole stock as it is and are told as `failure`.
   * @throws AppError UPSTREAM_MALFORMED for a stock that cannot be read, UPSTREAM_* of the server
   */
  async load(call: UpstreamCall): Promise<FeedContent<OfferedFlat>> {
    await this.loadFull(call);
    const failure = await this.loadChanges(call).then(
      () => undefined,
      (error: unknown) => {
        call.signal.throwIfAborted();
        if (!(error instanceof AppError)) throw error;
        return error;
      },
    );
    const asOf = laterOf(this.full?.writtenAt, this.changes?.writtenAt);
    return {
      value: this.feed.flats,
      omissions: [...this.refusedInFull.omissions, ...this.refusedInChanges.omissions],
      leftOut: this.refusedInFull.leftOut + this.refusedInChanges.leftOut,
      ...(asOf && { asOf }),
      ...(failure && { failure }),
    };
  }

  private async loadFull(call: UpstreamCall): Promise<void> {
    const request = { path: FULL_PATH, mediaTypes: MEDIA_TYPES, known: this.full?.etag };
    const file = await this.server.fetch(request, call);
    if (file === 'unchanged') return;
    if (file === 'absent') throw new AppError('UPSTREAM_REJECTED', 'the feed is not there');
    this.refusedInFull = await this.import(file, call);
    this.refusedInChanges = NONE;
    this.full = { etag: file.etag, writtenAt: file.writtenAt };
    this.changes = undefined;
  }

  /** Changes written before the whole stock are in it already. */
  private async loadChanges(call: UpstreamCall): Promise<void> {
    const request = { path: CHANGES_PATH, mediaTypes: CHANGES_TYPES, known: this.changes?.etag };
    const file = await this.server.fetch(request, call);
    if (typeof file === 'string') return;
    const isIncluded = file.writtenAt !== undefined && laterOf(this.full?.writtenAt, file.writtenAt) !== file.writtenAt;
    if (!isIncluded) this.refusedInChanges = await this.import(file, call);
    this.changes = { etag: file.etag, writtenAt: file.writtenAt };
  }

  private async import({ content }: ExportFile<Buffer>, call: UpstreamCall): Promise<Refused> {
    return refusedOf(await this.feed.import(untilAborted(openImmoChunks(content), call.signal)));
  }
}

function refusedOf({ refused, refusedCount }: FeedReport): Refused {
  return { omissions: refused.map(({ path, reason }) => ({ path, reason })), leftOut: refusedCount };
}

function laterOf(full: Instant | undefined, changes: Instant | undefined): Instant | undefined {
  if (full === undefined || changes === undefined) return changes ?? full;
  return epochOf(changes) < epochOf(full) ? full : changes;
}

function* untilAborted(chunks: Iterable<Uint8Array>, signal: AbortSignal): Generator<Uint8Array> {
  for (const chunk of chunks) {
    signal.throwIfAborted();
    yield chunk;
  }
}
