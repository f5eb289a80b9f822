import { setImmediate } from 'node:timers/promises';
import { OpenImmoFeedReader } from '#lib/formats';
import { AppError } from '#lib/kernel';
import { FeedImport, type FeedReport, type FeedStock } from './feed-import.js';
import type { OfferedFlat } from './offered-flat.js';

/** Objects that are read in one turn: some milliseconds. */
const EVENTS_PER_TURN = 5;

/** The flats of all OpenImmo feeds so far. Readers see the last good state until the next feed is in as a whole. */
export class ListingFeed {
  private stock: FeedStock = new Map();
  private offered: readonly OfferedFlat[] = [];
  private importing = false;

  /** All flats on offer; the same list until a feed comes in. */
  get flats(): readonly OfferedFlat[] {
    return this.offered;
  }

  /**
   * Takes a feed in, chunk by chunk (`openImmoChunks` of `#lib/formats`), in short turns that leave the process free.
   * @throws AppError UPSTREAM_MALFORMED for a feed that fails as a whole, which changes nothing; CONFLICT while another
   *   one is on its way
   */
  async import(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<FeedReport> {
    if (this.importing) throw new AppError('CONFLICT', 'another feed is being imported');
    this.importing = true;
    try {
      const { stock, report } = await readAll(chunks, new FeedImport(this.stock));
      this.offered = [...stock.values()].flatMap((flats) => [...flats.values()]);
      this.stock = stock;
      return report;
    } finally {
      this.importing = false;
    }
  }
}

async function readAll(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, feedImport: FeedImport) {
  const reader = new OpenImmoFeedReader();
  let events = 0;
  for await (const chunk of chunks) {
    for (const event of reader.push(chunk)) {
      feedImport.take(event);
      events += 1;
      if (events % EVENTS_PER_TURN === 0) await setImmediate();
    }
    await setImmediate();
  }
  for (const event of reader.end()) feedImport.take(event);
  return feedImport.finish();
}
