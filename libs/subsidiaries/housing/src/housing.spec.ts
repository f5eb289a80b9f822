import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { zipSync } from 'fflate';
import { Kind, parse, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import { CustomerAccess } from '#lib/customer';
import { parseGlobalId } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, openScope, TestClock, noRecord } from '#lib/testing';
import { Upstream, type Connection, type ConnectionOptions, type HttpRequest, type HttpResponse } from '#lib/upstream';
import { TenancyBackend } from './backend/tenancy.backend.js';
import { CustomerHousingResolver, HousingCustomerResolver } from './graph/housing-customer.resolver.js';
import { ListingCatalogue } from './feed/listing-catalogue.js';
import { HousingService } from './housing.service.js';
import { HousingSettings } from './housing.settings.js';
import { housing } from './index.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const EXPORT = Buffer.from(zipSync({ 'objects.csv': new Uint8Array(fixture('objects.csv')) }));

const ENVIRONMENT = {
  erpUrl: 'http://127.0.0.1:8080',
  erpUser: 'portal',
  erpPassword: 'secret',
  listingsUrl: 'http://localhost:8081',
  listingsUser: 'export',
  listingsPassword: 'secret',
  feedsRefreshSeconds: '300',
};

const HANNA = customerOf({ subject: 'hanna', links: { HOUSING: '0000208822' } });
const SIGNED_IN = customerPrincipal('hanna');

/** Systems that answer from the fixtures until told otherwise, and what they were asked. */
class FixtureUpstream extends Upstream {
  readonly asked: string[] = [];
  readonly answers: Record<string, HttpResponse> = {
    tenancy: {
      status: 200,
      headers: { 'content-type': 'application/soap+xml' },
      body: fixture('get-leases.answer.xml'),
    },
  };

  override connect({ name }: ConnectionOptions): Connection {
    return {
      send: ({ body }: HttpRequest) => {
        this.asked.push(name + (/<t:Stichtag>.*<\/t:Stichtag>/.exec(String(body))?.[0] ?? ''));
        return Promise.resolve(this.answers[name]!);
      },
    };
  }
}

function house() {
  const clock = new TestClock('2026-11-22T22:30:00Z');
  const upstream = new FixtureUpstream(clock, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  const settings = Object.assign(new HousingSettings(), ENVIRONMENT);
  const access = new CustomerAccess(directoryOf(HANNA), upstream, clock, noRecord);
  const tenancy = new TenancyBackend(upstream, settings);
  const service = new HousingService(tenancy, new ListingCatalogue(upstream, settings, clock), access, clock);
  return {
    clock,
    upstream,
    service,
    ofCustomer: new CustomerHousingResolver(service),
    customer: new HousingCustomerResolver(service),
  };
}

function infoOf(query: string): GraphQLResolveInfo {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a query');
  const fieldNodes = operation.selectionSet.selections as readonly FieldNode[];
  return { fieldNodes, fragments: {}, variableValues: {} } as unknown as GraphQLResolveInfo;
}

const LEASES = infoOf('{ housing { leases { number } } }');

describe('housing of a customer', () => {
  it('shows leases with ids of their own and their source', async () => {
    const { clock, ofCustomer, customer } = house();
    const scope = openScope(clock, { principal: SIGNED_IN });
    const leases = await customer.leases(ofCustomer.housing(HANNA, scope, LEASES)!, scope);
    expect(leases.map(({ id, grossRent }) => [parseGlobalId(id), grossRent.amount])).toEqual([
      [{ type: 'Lease', key: '5120 / 4 / 11 / 02' }, '570.50'],
      [{ type: 'Lease', key: '6034 / 2 / 7 / 01' }, '299.00'],
    ]);
    const asOf = '2026-11-22T22:30:00.000Z';
    expect(leases[0]?.source).toEqual({ subsidiary: 'HOUSING', system: 'tenancy', asOf, stale: false });
  });

  it('asks the ERP once, ahead of the field that needs it, for the day it is in Berlin', async () => {
    const { clock, ofCustomer, customer, upstream } = house();
    const scope = openScope(clock, { principal: SIGNED_IN });
    const parent = ofCustomer.housing(HANNA, scope, LEASES);
    expect(scope.reads.size).toBe(1);
    await customer.leases(parent!, scope);
    expect(upstream.asked).toEqual(['tenancy<t:Stichtag>2026-11-22</t:Stichtag>']);
  });

  it('asks anew after midnight in Berlin', async () => {
    const { clock, service, upstream } = house();
    await service.listLeases(openScope(clock, { principal: SIGNED_IN }), HANNA);
    await clock.advance(31 * 60_000);
    await service.listLeases(openScope(clock, { principal: SIGNED_IN }), HANNA);
    expect(upstream.asked.at(-1)).toContain('2026-11-23');
  });

  it('asks nothing when no field needs the ERP', () => {
    const { clock, ofCustomer } = house();
    const scope = openScope(clock, { principal: SIGNED_IN });
    expect(ofCustomer.housing(HANNA, scope, infoOf('{ housing { id } }'))).not.toBeNull();
    expect(scope.reads.size).toBe(0);
  });

  it('fails honestly for a tenant whom the ERP does not know', async () => {
    const { clock, service, upstream } = house();
    upstream.answers['tenancy'] = { ...upstream.answers['tenancy']!, body: fixture('get-leases.refused.xml') };
    const failure = service.listLeases(openScope(clock, { principal: SIGNED_IN }), HANNA);
    await expect(failure).rejects.toMatchObject({ code: 'UPSTREAM_REJECTED', details: { system: 'tenancy' } });
  });

  it.each([
    ['without a link', SIGNED_IN, { ...HANNA, links: {} }],
    ['for anyone who is not signed in', { kind: 'anonymous' } as const, HANNA],
  ])('is null %s, and leases cannot be read', async (_case, principal, someone) => {
    const { clock, ofCustomer, service, upstream } = house();
    const scope = openScope(clock, { principal });
    expect(ofCustomer.housing(someone, scope, LEASES)).toBeNull();
    await expect(service.listLeases(scope, someone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(upstream.asked).toEqual([]);
  });
});

const OPENIMMO = { openImmoUrl: 'http://portal:1', openImmoUser: 'portal', openImmoPassword: 'secret' };

function problems(change: Partial<typeof ENVIRONMENT & typeof OPENIMMO>): string[] {
  const settings = plainToInstance(HousingSettings, { ...ENVIRONMENT, ...change });
  return validateSync(settings).map(({ property }) => property);
}

describe('settings of housing', () => {
  it('accept hosts without a domain', () => {
    expect(problems({})).toEqual([]);
    expect(problems(OPENIMMO)).toEqual([]);
  });

  it.each([
    ['erpUrl', 'erp.example'],
    ['listingsUrl', 'file:///etc/hosts'],
    ['erpPassword', ''],
    ['listingsUser', ''],
    ['openImmoUrl', 'portal'],
    ['feedsRefreshSeconds', '5'],
  ])('refuse a wrong %s', (property, value) => {
    expect(problems({ ...OPENIMMO, [property]: value })).toEqual([property]);
  });

  it('ask for user and password of the portal feed once it has an address', () => {
    expect(problems({ openImmoUrl: OPENIMMO.openImmoUrl })).toEqual(['openImmoUser', 'openImmoPassword']);
  });
});

describe('the Wodis reader of the command line', () => {
  const [wodis] = housing.readers;

  it.each([
    ['housing-wodis-csv/objects.csv', true],
    ['housing-wodis-csv/2026/EXPORT.ZIP', true],
    ['housing-wodis-csv/PROVENANCE.md', false],
    ['housing-wodis-csv/columns.json', false],
    ['transit-gtfs/feed.zip', false],
  ])('covers %s: %s', (path, expected) => {
    expect(wodis?.covers(path)).toBe(expected);
  });

  it('reads the bare list and the whole export alike', () => {
    const read = wodis?.read(fixture('objects.csv'), 'any.csv');
    expect(read).toMatchObject({
      flats: [{ grossRent: '570.50' }, {}, {}],
      omissions: [{ path: 'objects.csv[3].Warmmiete' }],
    });
    expect(wodis?.read(EXPORT, 'any.zip')).toEqual(read);
  });
});
