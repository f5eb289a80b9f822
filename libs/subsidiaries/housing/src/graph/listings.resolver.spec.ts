import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { zipSync } from 'fflate';
import { Kind, parse, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import { CustomerAccess } from '#lib/customer';
import { AppError, parseGlobalId, type DecimalText, type RequestScope } from '#lib/kernel';
import { directoryOf, openScope, settle, TestClock, noRecord } from '#lib/testing';
import {
  Upstream,
  type ConnectionOptions,
  type FileConnection,
  type HttpRequest,
  type HttpResponse,
} from '#lib/upstream';
import { TenancyBackend } from '../backend/tenancy.backend.js';
import { ListingCatalogue } from '../feed/listing-catalogue.js';
import { HousingService } from '../housing.service.js';
import { HousingSettings } from '../housing.settings.js';
import { filesOver } from '../testing/files-over.js';
import { ListingsResolver, type ListingsArgs } from './listings.resolver.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const MINUTE_MS = 60_000;
/** Stored: unpacking would take place in a thread, which no turn of ours waits for. */
const EXPORT = Buffer.from(zipSync({ 'objects.csv': new Uint8Array(fixture('objects.csv')) }, { level: 0 }));
const BROKEN: HttpResponse = { status: 500, headers: {}, body: Buffer.alloc(0) };
const ABSENT: HttpResponse = { status: 404, headers: {}, body: Buffer.alloc(0) };

function file(type: string, body: Buffer, modified: string): HttpResponse {
  return { status: 200, headers: { 'content-type': type, 'last-modified': modified }, body };
}

const PATHS = { wodis: '/export/wodis.zip', openimmo: '/export/openimmo.zip' } as const;

/** Both export servers; null is one that never answers. */
class FeedServers extends Upstream {
  readonly asked: string[] = [];
  readonly answers: Record<string, HttpResponse | null> = {
    [PATHS.wodis]: file('application/zip', EXPORT, 'Sun, 22 Nov 2026 01:10:00 GMT'),
    [PATHS.openimmo]: file('application/xml', fixture('openimmo.xml'), 'Sun, 22 Nov 2026 01:40:00 GMT'),
    '/export/openimmo-teil.xml': ABSENT,
  };

  override connectToFiles(_options: ConnectionOptions): FileConnection {
    return filesOver({
      send: ({ path }: HttpRequest, { signal }) => {
        this.asked.push(path);
        const answer = this.answers[path]!;
        if (answer !== null) return Promise.resolve(answer);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        });
      },
    });
  }
}

interface Wishes extends ListingsArgs {
  readonly select?: string;
  readonly scope?: RequestScope;
}

/** A gateway with both feeds, before its first load. */
function open({ portal = true } = {}) {
  const clock = new TestClock('2026-11-22T12:00:00Z');
  const servers = new FeedServers(clock, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  const settings = Object.assign(new HousingSettings(), {
    erpUrl: 'http://erp.example',
    listingsUrl: 'http://export.example',
    feedsRefreshSeconds: 300,
    ...(portal && { openImmoUrl: 'http://portal.example' }),
  });
  const catalogue = new ListingCatalogue(servers, settings, clock);
  const access = new CustomerAccess(directoryOf(), servers, clock, noRecord);
  const resolver = new ListingsResolver(
    new HousingService(new TenancyBackend(servers, settings), catalogue, access, clock),
  );
  const ask = ({ select = 'nodes { number }', scope = openScope(clock), ...args }: Wishes = {}) =>
    resolver.listings(args, scope, infoOf(`{ listings { ${select} } }`));
  return { clock, servers, catalogue, ask };
}

/** With all feeds asked once. */
async function opened(change: (servers: FeedServers) => void = () => undefined, options = {}) {
  const house = open(options);
  change(house.servers);
  house.catalogue.onApplicationBootstrap();
  return house;
}

function infoOf(query: string): GraphQLResolveInfo {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a query');
  const fieldNodes = operation.selectionSet.selections as readonly FieldNode[];
  return { fieldNodes, fragments: {}, variableValues: {} } as unknown as GraphQLResolveInfo;
}

beforeAll(() => Logger.overrideLogger(false));

describe('the flats of both feeds', () => {
  it('are one list, cheapest first, each with its feeds, and with rents as money', async () => {
    const { ask } = await opened();
    const { nodes, ...rest } = await ask({ filter: { maxGrossRent: '571' as DecimalText } });
    expect(nodes.map(({ number, grossRent, feeds }) => [number, grossRent.amount, feeds])).toEqual([
      ['6034 / 2 / 7', '299.00', ['wodis', 'openimmo']],
      ['5120 / 4 / 13', '400.00', ['wodis']],
      ['7001 / 1 / 1', '460.00', ['openimmo']],
      ['5120 / 4 / 11', '570.50', ['wodis']],
    ]);
    expect(nodes[0]).toMatchObject({ title: 'Klein und hell', address: null, entitlementRequired: true });
    expect(parseGlobalId(nodes[0]!.id)).toEqual({ type: 'Listing', key: '6034 / 2 / 7' });
    const source = { subsidiary: 'HOUSING', system: 'wodis+openimmo', asOf: '2026-11-22T01:10:00.000Z', stale: false };
    expect(rest).toMatchObject({ totalCount: 4, facets: null, missing: [], source, pageInfo: { hasNextPage: false } });
  });

  it('come page by page, by cursor or by number, in the order asked for', async () => {
    const { ask } = await opened();
    const first = await ask({ sort: 'AREA_DESC', first: 2 });
    const second = await ask({ sort: 'AREA_DESC', first: 2, after: first.pageInfo.endCursor });
    const numbered = await ask({ sort: 'AREA_DESC', first: 2, page: 2 });
    expect([...first.nodes, ...second.nodes].map(({ area }) => area)).toEqual(['70.40', '52.00', '48.10', '33.00']);
    expect(numbered.nodes).toEqual(second.nodes);
  });

  it('are counted by district and rooms when that is selected', async () => {
    const { ask } = await opened();
    const { facets } = await ask({ filter: { entitlementRequired: false }, select: 'facets { rooms { value } }' });
    expect(facets).toEqual({
      districts: [
        { value: 'Lobeda-West', count: 2 },
        { value: 'Winzerla', count: 1 },
      ],
      rooms: [
        { value: 2, count: 2 },
        { value: 3, count: 1 },
      ],
    });
  });

  it('are told with the feeds they were read from, once in a request', async () => {
    const { clock, ask } = await opened();
    const scope = openScope(clock);
    await Promise.all([ask({ scope }), ask({ scope, first: 1 })]);
    expect(scope.uses.map(({ system, state, omissions }) => [system, state, omissions.length])).toEqual([
      ['wodis', 'CACHED', 1],
      ['openimmo', 'CACHED', 0],
    ]);
  });

  it('are those of the export alone, with all addresses, where there is no portal feed', async () => {
    const { ask, servers } = await opened(undefined, { portal: false });
    const { nodes, missing, source } = await ask();
    expect(nodes.map(({ address }) => address)).not.toContain(null);
    expect({ missing, system: source.system, stale: source.stale }).toEqual({
      missing: [],
      system: 'wodis',
      stale: false,
    });
    expect(servers.asked).toEqual([PATHS.wodis]);
  });
});

describe('one broken feed', () => {
  it.each<[keyof typeof PATHS, keyof typeof PATHS, number]>([
    ['wodis', 'openimmo', 2],
    ['openimmo', 'wodis', 3],
  ])('%s at the start leaves the other, which says that it is missing', async (broken, other, count) => {
    const { clock, ask, servers } = await opened((feeds) => {
      feeds.answers[PATHS[broken]] = BROKEN;
    });
    const good = open().servers.answers[PATHS[broken]]!;
    const scope = openScope(clock);
    const { totalCount, missing, source } = await ask({ scope });
    expect({ totalCount, missing }).toEqual({ totalCount: count, missing: [broken] });
    expect(source).toMatchObject({ system: other, stale: true });
    expect(scope.uses.map(({ system, state, failure }) => [system, state, failure?.code])).toContainEqual([
      broken,
      null,
      'UPSTREAM_UNAVAILABLE',
    ]);
    servers.answers[PATHS[broken]] = good;
    await clock.advance(MINUTE_MS);
    await readAgain();
    expect(await ask()).toMatchObject({ totalCount: 4, missing: [], source: { stale: false } });
  });

  it('hides all addresses while nobody can say which of them are released', async () => {
    const { ask } = await opened((feeds) => {
      feeds.answers[PATHS.openimmo] = BROKEN;
    });
    const { nodes } = await ask();
    expect(nodes.map(({ address }) => address)).toEqual([null, null, null]);
    expect(nodes[0]).toMatchObject({ postcode: '07743', city: 'Jena' });
  });

  it('later keeps its last good list, which is stale then', async () => {
    const { clock, ask, servers } = await opened();
    const before = await ask();
    servers.answers[PATHS.wodis] = { ...BROKEN, status: 200, body: EXPORT.subarray(0, 100) };
    await clock.advance(6 * MINUTE_MS);
    const after = await ask();
    expect(after.nodes).toEqual(before.nodes);
    expect(after).toMatchObject({ missing: [], source: { ...before.source, stale: true } });
  });
});

describe('before the first list is there', () => {
  it('an answer waits as long as its caller has time and serves what has come; later ones wait no more', async () => {
    const { clock, ask } = await opened((feeds) => {
      feeds.answers[PATHS.openimmo] = null;
    });
    const asked = ask();
    await readAgain();
    await clock.advance(2_000);
    expect(await asked).toMatchObject({ totalCount: 3, missing: ['openimmo'], source: { stale: true } });
    expect(await ask()).toMatchObject({ totalCount: 3 });
  });

  it('an answer is refused that has nothing to show, and wrong input at once', async () => {
    const { clock, ask } = await opened((feeds) => {
      feeds.answers[PATHS.wodis] = null;
      feeds.answers[PATHS.openimmo] = null;
    });
    await expect(ask({ first: 101 })).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'first' } });
    const asked = ask();
    const refused = expect(asked).rejects.toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      details: { subsidiary: 'HOUSING', system: 'wodis', retryAfterSeconds: 15 },
    });
    await clock.advance(2_000);
    await refused;
  });

  it('the failure of the first feed is told when all fail', async () => {
    const { ask } = await opened((feeds) => {
      feeds.answers[PATHS.wodis] = { ...BROKEN, status: 401 };
      feeds.answers[PATHS.openimmo] = BROKEN;
    });
    await expect(ask()).rejects.toBeInstanceOf(AppError);
    await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED', details: { upstreamCode: 'HTTP 401' } });
  });
});

describe('at the end of the program', () => {
  it('no feed is asked for any more', async () => {
    const { clock, catalogue, ask, servers } = await opened();
    await ask();
    catalogue.beforeApplicationShutdown();
    await clock.advance(60 * MINUTE_MS);
    expect(servers.asked).toHaveLength(3);
  });
});

/** Reading goes on in turns that no clock moves. */
async function readAgain(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await settle();
}
