import { openImmoChunks } from '#lib/formats';
import { parseDecimal, type DecimalText } from '#lib/kernel';
import type { Bench, BenchRun } from '#lib/subsidiary-kit';
import { ListingFeed } from '../feed/listing-feed.js';
import { atOnce } from '../feed/turns.js';
import { LISTING_SORTS, type ListingSort } from '../model/listing-search.js';
import type { Listing } from '../model/listing.js';
import { mergeListings } from '../model/merge-listings.js';
import { ListingIndex } from '../search/listing-index.js';
import { prepareSearch } from '../search/prepared-search.js';
import { benchFlats, DISTRICTS, FLATS, type BenchFlat } from './bench-flats.js';
import { plainSearch, type BenchFilter } from './plain-search.js';
import { writeFeed } from './write-feed.js';

const IMPORTS = 3;
const SEARCHES = 300;
const FIRST = 20;

interface Question {
  readonly filter: BenchFilter;
  readonly sort: ListingSort;
}

/** A city's flats from one OpenImmo feed: import, index, and searches that find many, some and none. */
export const listingsBench: Bench = {
  name: 'listings',
  describe: '14.400 Wohnungen aus OpenImmo: einlesen, Suchindex aufbauen, suchen',
  async run(run) {
    const flats = benchFlats();
    const feed = await importFeed(run, flats);
    const listings = atOnce(mergeListings({ wodis: null, openimmo: feed.flats, portalReleases: true }));
    const index = await buildIndex(run, listings);
    for (const [label, filterOf] of QUESTIONS) await askAll(run, index, flats, label, filterOf);
  },
};

async function importFeed(run: BenchRun, flats: readonly BenchFlat[]): Promise<ListingFeed> {
  const bytes = writeFeed(flats);
  const rentOf = new Map(flats.map(({ number, netRent, serviceCharges }) => [number, netRent + serviceCharges]));
  let last = new ListingFeed();
  const label = `OpenImmo einlesen (${Math.round(bytes.length / 1_000_000)} MB)`;
  await run.each(
    label,
    Array.from({ length: IMPORTS }, () => bytes),
    async (each) => {
      last = new ListingFeed();
      await last.import(told(openImmoChunks(each), each.length, run));
      return last.flats;
    },
    (_, read) =>
      read.length === FLATS &&
      read.every(({ listing }) => Math.round(Number(listing.grossRent) * 100) === rentOf.get(listing.number)),
  );
  return last;
}

/** The chunks, telling with each how far the reader is. */
function* told(chunks: Iterable<Uint8Array>, total: number, run: BenchRun): Generator<Uint8Array> {
  let read = 0;
  for (const chunk of chunks) {
    yield chunk;
    read += chunk.length;
    run.progress(read / total);
  }
}

async function buildIndex(run: BenchRun, listings: readonly Listing[]): Promise<ListingIndex> {
  let last: ListingIndex | undefined;
  const search = prepareSearch({ ...wholeList, facets: false });
  await run.each(
    'Suchindex aufbauen',
    Array.from({ length: IMPORTS }, () => listings),
    (each) => (last = atOnce(ListingIndex.build(each))),
    (_, index) => index.search(search).totalCount === FLATS,
  );
  if (last === undefined) throw new Error('there is no index');
  return last;
}

const wholeList = { filter: {}, sort: 'RENT_ASC', first: FIRST, after: null, page: null } as const;

/** From searches that find nearly all to such that find none; the number varies each. */
const QUESTIONS: readonly (readonly [string, (number: number) => BenchFilter])[] = [
  ['Suche ohne Wünsche', () => ({})],
  [
    'Suche nach Zimmern und Miete',
    (number) => ({ minRooms: decimal(2 + (number % 4)), maxGrossRent: decimal(450 + number) }),
  ],
  [
    'Suche nach Stadtteil und Wörtern',
    (number) => ({
      districts: [DISTRICTS[number % DISTRICTS.length] ?? ''],
      text: number % 2 === 0 ? 'balkon' : 'hell süden',
    }),
  ],
  ['Suche nach einem seltenen Wort', (number) => ({ text: `haus${number * 6}x` })],
  ['Suche ohne Treffer', (number) => ({ text: `dachterrasse${number}` })],
];

function askAll(
  run: BenchRun,
  index: ListingIndex,
  flats: readonly BenchFlat[],
  label: string,
  filterOf: (number: number) => BenchFilter,
): Promise<void> {
  const questions = Array.from({ length: SEARCHES }, (_, number): Question => ({
    filter: filterOf(number),
    sort: LISTING_SORTS[number % LISTING_SORTS.length] ?? 'RENT_ASC',
  }));
  return run.each(
    label,
    questions,
    (question) => index.search(prepareSearch({ ...wholeList, ...question, facets: true })),
    ({ filter, sort }, { nodes, totalCount }) => {
      const expected = plainSearch(flats, filter, sort);
      const shown = nodes.map(({ number }) => number);
      return totalCount === expected.length && shown.join('|') === expected.slice(0, FIRST).join('|');
    },
  );
}

function decimal(value: number): DecimalText {
  const text = parseDecimal(String(value));
  if (text === undefined) throw new RangeError('not a decimal');
  return text;
}
