import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AccessGuard, PartnerContracts, ScopeFactory } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { CLOCK } from '#lib/kernel';
import { createOpenApi } from '#lib/partner';
import { openScope, TestClock } from '#lib/testing';
import { HousingService } from '../housing.service.js';
import type { ListingSearch } from '../model/listing-search.js';
import { ListingsController } from './listings.controller.js';

const LISTING = {
  number: '6034 / 2 / 7',
  title: 'Wohnung',
  netRent: '215',
  serviceCharges: '84',
  heatingCharges: null,
  grossRent: '299',
  images: [],
};
const asked: ListingSearch[] = [];
let stale = false;

const NO_WISH = {
  minRooms: null,
  maxRooms: null,
  minArea: null,
  maxArea: null,
  minGrossRent: null,
  maxGrossRent: null,
  entitlementRequired: null,
};

/** A service that has one listing on the first of two pages. */
const service = {
  searchListings: (_scope: unknown, query: ListingSearch) => {
    asked.push(query);
    const source = { subsidiary: 'HOUSING', system: 'wodis', asOf: '2026-11-22T01:10:00.000Z', stale };
    return Promise.resolve({
      nodes: [LISTING],
      hasNextPage: query.after === null,
      endCursor: 'MQ',
      totalCount: 2,
      facets: null,
      missing: ['openimmo'],
      source,
    });
  },
};

let app: NestFastifyApplication;

beforeAll(async () => {
  const testing = await Test.createTestingModule({
    controllers: [ListingsController],
    providers: [
      { provide: HousingService, useValue: service },
      { provide: APP_GUARD, useClass: AccessGuard },
      { provide: CLOCK, useValue: new TestClock() },
      { provide: PartnerContracts, useValue: { scopes: { own: {}, granted: {} } } },
      { provide: CustomerAccess, useValue: { stillHolds: () => Promise.resolve(true) } },
      { provide: ScopeFactory, useValue: { open: () => Promise.resolve(openScope(new TestClock())) } },
    ],
  }).compile();
  app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.init();
});

afterAll(() => app.close());

beforeEach(() => {
  asked.length = 0;
  stale = false;
});

function get(query: string, headers: Record<string, string> = {}) {
  return app.inject({ method: 'GET', url: `/partner/v1/housing/listings${query}`, headers });
}

describe('GET /partner/v1/housing/listings', () => {
  it('answers the same data as the graph, for anyone to keep for a while', async () => {
    const answer = await get('');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
    });
    expect(answer.json()).toEqual({
      items: [
        {
          id: Buffer.from('Listing:6034 / 2 / 7').toString('base64url'),
          number: '6034 / 2 / 7',
          title: 'Wohnung',
          netRent: { amount: '215.00', currency: 'EUR' },
          serviceCharges: { amount: '84.00', currency: 'EUR' },
          heatingCharges: null,
          grossRent: { amount: '299.00', currency: 'EUR' },
        },
      ],
      nextCursor: 'MQ',
      totalCount: 2,
      missing: ['openimmo'],
      source: { subsidiary: 'HOUSING', system: 'wodis', asOf: '2026-11-22T02:10:00+01:00', stale: false },
    });
    expect(asked).toEqual([{ filter: NO_WISH, sort: 'RENT_ASC', first: 20, after: null, page: null, facets: false }]);
  });

  it('hands on every wish', async () => {
    const answer = await get(
      '?minRooms=2&maxRooms=3.5&minArea=40&maxArea=80&minGrossRent=300&maxGrossRent=650.5&district=Nord' +
        '&district=L%C3%B6bstedt&text=Balkon&entitlementRequired=false&sort=AREA_DESC&first=5&after=MQ',
    );
    expect(answer.json()).toMatchObject({ nextCursor: null });
    const filter = {
      minRooms: '2.00',
      maxRooms: '3.50',
      minArea: '40.00',
      maxArea: '80.00',
      minGrossRent: '300.00',
      maxGrossRent: '650.50',
      districts: ['Nord', 'Löbstedt'],
      text: 'Balkon',
      entitlementRequired: false,
    };
    await get('?page=3');
    expect(asked).toMatchObject([
      { filter, sort: 'AREA_DESC', first: 5, after: 'MQ', page: null },
      { page: 3, after: null },
    ]);
  });

  it('answers 304 without content to whoever knows the tag', async () => {
    const { etag } = (await get('')).headers;
    const answer = await get('', { 'if-none-match': `"other", W/${String(etag)}` });
    expect([answer.statusCode, answer.body]).toEqual([304, '']);
    expect(answer.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=60' });
    expect((await get('?after=MQ', { 'if-none-match': String(etag) })).statusCode).toBe(200);
  });

  it('asks others not to keep a stale answer', async () => {
    stale = true;
    expect((await get('')).headers['cache-control']).toBe('public, no-cache');
  });

  it.each([
    ['minRooms=viele', 'minRooms'],
    ['minRooms=-1', 'minRooms'],
    ['maxGrossRent=1e3', 'maxGrossRent'],
    ['maxGrossRent=1&maxGrossRent=2', 'maxGrossRent'],
    ['first=0', 'first'],
    ['first=101', 'first'],
    ['first=1.5', 'first'],
    ['first=', 'first'],
    [`text=${'x'.repeat(101)}`, 'text'],
    [`district=${'x'.repeat(101)}`, 'district'],
    [`after=${'x'.repeat(401)}`, 'after'],
    ['page=0', 'page'],
    ['sort=CHEAP', 'sort'],
    ['entitlementRequired=ja', 'entitlementRequired'],
    ['maxArea=gross', 'maxArea'],
    ['rooms=2', 'rooms'],
  ])('refuses ?%s as a problem that names the parameter', async (query, path) => {
    const answer = await get(`?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'INVALID_INPUT', path });
    expect(asked).toEqual([]);
  });

  it('is described for partners with every parameter and schema', () => {
    const document = createOpenApi(app);
    const parameters = document.paths['/partner/v1/housing/listings']?.get?.parameters as readonly { name: string }[];
    expect(parameters.map(({ name }) => name).toSorted()).toEqual([
      'after',
      'district',
      'entitlementRequired',
      'first',
      'maxArea',
      'maxGrossRent',
      'maxRooms',
      'minArea',
      'minGrossRent',
      'minRooms',
      'page',
      'sort',
      'text',
    ]);
    expect(document.components?.schemas).toHaveProperty('ListingsDto.properties.nextCursor');
  });
});
