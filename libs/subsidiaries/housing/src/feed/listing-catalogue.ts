import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppError, CLOCK, epochOf, type Clock, type Instant, type RequestScope, type Source } from '#lib/kernel';
import { Upstream } from '#lib/upstream';
import { ExportServer, LARGEST_EXPORT, LARGEST_FILE } from '../backend/export-server.js';
import { OpenImmoExport } from '../backend/openimmo-export.js';
import { WodisExport } from '../backend/wodis-export.js';
import { HousingSettings } from '../housing.settings.js';
import type { FeedListing, FeedName } from '../model/listing.js';
import { mergeListings } from '../model/merge-listings.js';
import { HOUSING_KEY, LISTINGS } from '../operations.js';
import { ListingIndex } from '../search/listing-index.js';
import { FeedKeeper, type FeedSource } from './feed-keeper.js';
import type { OfferedFlat } from './offered-flat.js';
import { inTurns } from './turns.js';

/** Where the flats come from. */
export interface CatalogueSource {
  /** As old as the oldest feed; stale when one of them is, or is missing. */
  readonly source: Source;
  /** Feeds that are set up but have given nothing yet. */
  readonly missing: readonly FeedName[];
}

type AnyKeeper = FeedKeeper<FeedListing> | FeedKeeper<OfferedFlat>;

/** What the index was built of. */
interface Catalogue {
  readonly index: ListingIndex;
  readonly names: ReadonlySet<FeedName>;
}

/** All flats to let, put together from the feeds and ready to be searched. Rebuilt whenever a feed has changed. */
@Injectable()
export class ListingCatalogue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly wodis: FeedKeeper<FeedListing>;
  private readonly openImmo: FeedKeeper<OfferedFlat> | null;
  private catalogue: Catalogue | null = null;
  private building: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private started = false;
  private markStarted: () => void = () => undefined;
  private readonly start = new Promise<void>((resolve) => {
    this.markStarted = () => {
      this.started = true;
      resolve();
    };
  });

  constructor(
    private readonly upstream: Upstream,
    private readonly settings: HousingSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const { listingsUrl, listingsUser, listingsPassword } = settings;
    const { openImmoUrl, openImmoUser = '', openImmoPassword = '' } = settings;
    this.wodis = this.keeperOf(new WodisExport(this.serverOf('wodis', listingsUrl, listingsUser, listingsPassword)));
    this.openImmo =
      openImmoUrl === undefined
        ? null
        : this.keeperOf(new OpenImmoExport(this.serverOf('openimmo', openImmoUrl, openImmoUser, openImmoPassword)));
  }

  /** The program does not wait for the feeds: the first answers do, for as long as their callers have time. */
  onApplicationBootstrap(): void {
    void Promise.all(this.keepers.map((keeper) => keeper.start())).then(this.markStarted);
  }

  beforeApplicationShutdown(): void {
    for (const keeper of this.keepers) keeper.stop();
    this.stopping.abort();
  }

  /**
   * The flats as they are now; in the program's first moments when all feeds were asked once, or two seconds after the
   * first of them came, or when the caller's time is over. What was used is noted in the scope.
   * @throws AppError UPSTREAM_* when no feed has given anything yet
   */
  async read(scope: RequestScope): Promise<CatalogueSource & { readonly index: ListingIndex }> {
    const begun = this.clock.now();
    if (!this.started) await this.waitForStart(scope);
    const { catalogue } = this;
    this.note(scope, this.clock.now() - begun);
    if (catalogue === null) throw this.nothing();
    const used = this.keepers.filter(({ name }) => catalogue.names.has(name));
    const missing = this.keepers.filter(({ name }) => !catalogue.names.has(name)).map(({ name }) => name);
    const source: Source = {
      subsidiary: HOUSING_KEY,
      system: used.map(({ name }) => name).join('+'),
      asOf: oldestOf(used),
      stale: missing.length > 0 || used.some(({ failure }) => failure !== null),
    };
    return { index: catalogue.index, source, missing };
  }

  private get keepers(): readonly AnyKeeper[] {
    return this.openImmo === null ? [this.wodis] : [this.wodis, this.openImmo];
  }

  private serverOf(name: FeedName, baseUrl: string, user: string, password: string): ExportServer {
    const limits = { maxBodyBytes: LARGEST_EXPORT, maxFileBytes: LARGEST_FILE };
    return new ExportServer(this.upstream.connectToFiles({ name, baseUrl, ...limits }), user, password);
  }

  private keeperOf<T>(source: FeedSource<T>): FeedKeeper<T> {
    return new FeedKeeper(source, {
      clock: this.clock,
      refreshMs: this.settings.feedsRefreshSeconds * 1000,
      log: LOG,
      onChange: () => this.rebuild(),
    });
  }

  /** One after the other, so that the last one has seen all feeds. */
  private rebuild(): Promise<void> {
    const build = this.building.catch(() => undefined).then(() => this.build());
    this.building = build;
    return build;
  }

  private async build(): Promise<void> {
    const wodis = this.wodis.current?.value ?? null;
    const openimmo = this.openImmo?.current?.value ?? null;
    const names = this.keepers.filter(({ current }) => current !== null).map(({ name }) => name);
    const stocks = { wodis, openimmo, portalReleases: this.openImmo !== null };
    const listings = await inTurns(mergeListings(stocks), this.stopping.signal);
    const index = await inTurns(ListingIndex.build(listings), this.stopping.signal);
    this.catalogue = { index, names: new Set(names) };
    if (!this.started) this.clock.after(LAST_FEEDS_MS, this.markStarted);
  }

  private waitForStart(scope: RequestScope): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(Math.max(0, scope.waitUntil - this.clock.now()), resolve);
      scope.signal.addEventListener('abort', () => resolve(), { once: true });
      void this.start.then(resolve).finally(cancel);
    });
  }

  /** Once per request and feed, however often the request searches. */
  private note(scope: RequestScope, milliseconds: number): void {
    for (const { name, current, failure } of this.keepers) {
      if (scope.uses.some(({ operation, system }) => operation === LISTINGS && system === name)) continue;
      const code = failure?.code ?? 'UPSTREAM_TIMEOUT';
      scope.uses.push({
        operation: LISTINGS,
        subsidiary: HOUSING_KEY,
        system: name,
        personal: false,
        state: current && (failure ? 'STALE' : 'CACHED'),
        asOf: current?.asOf ?? null,
        milliseconds,
        omissions: current?.omissions ?? [],
        failure: current ? null : { code },
      });
    }
  }

  /** No feed has given anything: the first one says why, or is still on its way. */
  private nothing(): AppError {
    const { name: system, failure } = this.wodis;
    const details = { subsidiary: HOUSING_KEY, system, retryAfterSeconds: RETRY_AFTER_SECONDS };
    if (failure === null)
      return new AppError('UPSTREAM_TIMEOUT', 'the feeds are being read for the first time', details);
    return new AppError(failure.code, failure.message, { ...failure.details, ...details }, failure);
  }
}

const LOG = new Logger('listings');
const RETRY_AFTER_SECONDS = 15;
/** Once there is something to show, answers wait no longer than this for the other feeds. */
const LAST_FEEDS_MS = 2_000;

function oldestOf(keepers: readonly AnyKeeper[]): Instant {
  const dates = keepers.flatMap(({ current }) => (current === null ? [] : [current.asOf]));
  return dates.reduce((oldest, date) => (epochOf(date) < epochOf(oldest) ? date : oldest));
}
