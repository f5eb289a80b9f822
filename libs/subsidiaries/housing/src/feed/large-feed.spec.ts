import { createReadStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { systemClock } from '#lib/kernel';
import { openScope } from '#lib/testing';
import { Upstream, type ConnectionOptions, type FileConnection } from '#lib/upstream';
import { HousingSettings } from '../housing.settings.js';
import { prepareSearch } from '../search/prepared-search.js';
import { writeLargeExport } from '../testing/large-export.js';
import { ListingCatalogue } from './listing-catalogue.js';

/** With the figures of a large one: FEED_BYTES=200000000 npm test -- large-feed */
const BYTES = Number(process.env['FEED_BYTES'] ?? 20_000_000);
const FLATS = 500;
const PATIENCE_MS = 120_000;

/** The real door to the network. Keeps its files in a folder of the test and counts what is fetched from them. */
class WatchedUpstream extends Upstream {
  bytesRead = 0;

  constructor(private readonly filesFolder: string) {
    super(systemClock, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  }

  override connectToFiles(options: ConnectionOptions): FileConnection {
    const connection = super.connectToFiles({ ...options, filesFolder: this.filesFolder });
    return {
      send: () => Promise.reject(new Error('was read into memory')),
      download: (request, call, sink) =>
        connection.download(request, call, (download) => {
          const read = (at: number, length: number): Promise<Buffer> => {
            this.bytesRead += length;
            return download.file.read(at, length);
          };
          return sink({ ...download, file: { size: download.file.size, read } });
        }),
    };
  }
}

describe('a Wodis export with all its pictures', () => {
  let folder: string;
  let server: Server;
  let path: string;
  let upstream: WatchedUpstream;
  let catalogue: ListingCatalogue;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = mkdtempSync(join(tmpdir(), 'large-feed-spec-'));
    path = join(folder, 'wodis.zip');
    await writeLargeExport(path, BYTES, FLATS);
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/zip', 'content-length': statSync(path).size });
      createReadStream(path).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    upstream = new WatchedUpstream(folder);
    const settings = Object.assign(new HousingSettings(), {
      listingsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      listingsUser: 'export',
      listingsPassword: 'secret',
      feedsRefreshSeconds: 300,
    });
    catalogue = new ListingCatalogue(upstream, settings, systemClock);
  }, PATIENCE_MS);

  afterAll(() => {
    catalogue.beforeApplicationShutdown();
    upstream.onApplicationShutdown();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'goes through the disk: memory holds its flats, and of the pictures not a byte is read',
    async () => {
      const figures = startFigures();
      catalogue.onApplicationBootstrap();
      const { index, source } = await catalogue.read(openScope(systemClock, { waitMs: PATIENCE_MS }));
      figures.stop();
      const search = { filter: {}, sort: 'RENT_ASC', first: 1, after: null, page: null, facets: false } as const;
      expect(index.search(prepareSearch(search)).totalCount).toBe(FLATS);
      expect(source).toMatchObject({ system: 'wodis', stale: false });
      expect(upstream.bytesRead).toBeLessThan(BYTES / 20);
      expect(readdirSync(folder)).toEqual(['wodis.zip']);
      expect(figures.megabytes()).toBeLessThan(100);
      if (process.env['FEED_BYTES'] !== undefined) process.stdout.write(`${figures.text()}\n`);
    },
    PATIENCE_MS,
  );
});

/** What an import costs the process. The server of the test is part of it. */
function startFigures() {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 10);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const megabytes = (): number => (most - before) / 2 ** 20;
  return {
    megabytes,
    stop: () => {
      clearInterval(sampling);
      delay.disable();
    },
    text: () =>
      `${BYTES} bytes: ${(before / 2 ** 20).toFixed(0)} MB before, ${megabytes().toFixed(0)} MB more at most, ` +
      `longest turn ${(delay.max / 1e6).toFixed(1)} ms`,
  };
}
