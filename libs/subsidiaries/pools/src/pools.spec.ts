import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Kind, parse, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import { CustomerAccess } from '#lib/customer';
import { ANONYMOUS, parseGlobalId } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, openScope, TestClock, noRecord } from '#lib/testing';
import type { FormatReader } from '#lib/subsidiary-kit';
import { Upstream, type Connection, type ConnectionOptions } from '#lib/upstream';
import { PoolsBackend } from './backend/pools.backend.js';
import { CustomerPoolsResolver, PoolsCustomerResolver } from './graph/pools-customer.resolver.js';
import { PoolsResolver } from './graph/pools.resolver.js';
import { pools } from './index.js';
import { PoolsService } from './pools.service.js';
import { PoolsSettings } from './pools.settings.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));

const ENVIRONMENT = {
  tillUrl: 'http://127.0.0.1:3063',
  tillUser: 'portal',
  tillPassword: 'secret',
  ticosUrl: 'http://localhost:9000',
  ticosTenant: '4711',
  calendarUrl: 'http://calendar.example',
};

const THEA = customerOf({ subject: 'thea', links: { POOLS: '5000117004' } });
const SIGNED_IN = customerPrincipal('thea');
const CLOCK = new TestClock();

/** Systems that answer from the fixtures and count how often each of them is asked. */
class FixtureUpstream extends Upstream {
  readonly asked: string[] = [];

  constructor() {
    super(CLOCK, { concurrent: 4, waiting: 4, cacheBytes: 100_000 });
  }

  override connect({ name }: ConnectionOptions): Connection {
    const file = name === 'till' ? 'get-clients-ex.answer.xml' : 'gates-counter.answer.json';
    return {
      send: () => {
        this.asked.push(name);
        return Promise.resolve({ status: 200, headers: {}, body: fixture(file) });
      },
    };
  }
}

function house() {
  const upstream = new FixtureUpstream();
  const backend = new PoolsBackend(upstream, Object.assign(new PoolsSettings(), ENVIRONMENT));
  const access = new CustomerAccess(directoryOf(THEA), upstream, CLOCK, noRecord);
  const service = new PoolsService(backend, upstream, access);
  return {
    upstream,
    service,
    ofCustomer: new CustomerPoolsResolver(service),
    customer: new PoolsCustomerResolver(service),
    pools: new PoolsResolver(service),
  };
}

function infoOf(query: string): GraphQLResolveInfo {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a query');
  const fieldNodes = operation.selectionSet.selections as readonly FieldNode[];
  return { fieldNodes, fragments: {}, variableValues: {} } as unknown as GraphQLResolveInfo;
}

describe('pools of a customer', () => {
  it('show value cards with masked number, balance and source', async () => {
    const { ofCustomer, customer } = house();
    const scope = openScope(CLOCK, { principal: SIGNED_IN });
    const parent = ofCustomer.pools(THEA, scope, infoOf('{ pools { cards { number } } }'));
    const cards = await customer.cards(parent!, scope);
    expect(cards).toEqual([
      {
        id: expect.any(String),
        number: '••••6D80',
        balance: { amount: '23.70', currency: 'EUR' },
        source: { subsidiary: 'POOLS', system: 'till', asOf: expect.any(String), stale: false },
        customer: THEA,
      },
    ]);
    expect(parseGlobalId(cards[0]!.id)).toEqual({
      type: 'ValueCard',
      key: expect.stringMatching(/^5000117004-[0-9a-f]{16}$/),
    });
  });

  it('ask the till once, ahead of the field that needs it', async () => {
    const { ofCustomer, customer, upstream } = house();
    const scope = openScope(CLOCK, { principal: SIGNED_IN });
    const parent = ofCustomer.pools(THEA, scope, infoOf('{ pools { cards { number } } }'));
    expect(scope.reads.size).toBe(1);
    await customer.cards(parent!, scope);
    expect(upstream.asked).toEqual(['till']);
  });

  it('ask nothing when no field needs the till', () => {
    const { ofCustomer } = house();
    const scope = openScope(CLOCK, { principal: SIGNED_IN });
    expect(ofCustomer.pools(THEA, scope, infoOf('{ pools { id } }'))).not.toBeNull();
    expect(scope.reads.size).toBe(0);
  });

  it.each([
    ['without a link', SIGNED_IN, { ...THEA, links: {} }],
    ['for anyone who is not signed in', ANONYMOUS, THEA],
  ])('are null %s, and cards cannot be read', async (_, principal, someone) => {
    const { ofCustomer, service } = house();
    const scope = openScope(CLOCK, { principal });
    expect(ofCustomer.pools(someone, scope, infoOf('{ pools { cards { number } } }'))).toBeNull();
    await expect(service.listCards(scope, someone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(scope.reads.size).toBe(0);
  });
});

describe('the pools', () => {
  it('are three, each with its own node id', () => {
    const list = house().pools.pools();
    expect(list.map(({ name }) => name)).toEqual(['GalaxSea', 'Ostbad', 'Südbad']);
    expect(list.map(({ id }) => parseGlobalId(id)?.key)).toEqual(['galaxsea', 'ostbad', 'suedbad']);
  });

  it('share one call of TICOS; a pool without a counter has no occupancy', async () => {
    const { pools: resolver, upstream } = house();
    const scope = openScope(CLOCK);
    const occupancies = await Promise.all(resolver.pools().map((parent) => resolver.occupancy(parent, scope)));
    const source = expect.objectContaining({ subsidiary: 'POOLS', system: 'ticos', stale: false });
    expect(occupancies).toEqual([
      expect.objectContaining({ persons: 412, capacity: 900, source }),
      expect.objectContaining({ persons: 0, capacity: 800, source }),
      null,
    ]);
    expect(upstream.asked).toEqual(['ticos']);
  });
});

function problems(change: Partial<typeof ENVIRONMENT>): string[] {
  return validateSync(plainToInstance(PoolsSettings, { ...ENVIRONMENT, ...change })).map(({ property }) => property);
}

describe('settings of the pools', () => {
  it('accept hosts without a domain', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    ['tillUrl', 'till.example'],
    ['ticosUrl', 'file:///etc/hosts'],
    ['tillPassword', ''],
    ['ticosTenant', '1\r\nx: y'],
    ['calendarUrl', 'webcal://calendar.example'],
  ])('refuse a wrong %s', (property, value) => {
    expect(problems({ [property]: value })).toEqual([property]);
  });
});

function reader(format: string): FormatReader {
  return pools.readers.find((each) => each.format === format)!;
}

describe('format readers of the pools', () => {
  it('read gate counters', () => {
    expect(reader('ticos').covers('pools-occupancy/a.json')).toBe(true);
    expect(reader('ticos').covers('pools-occupancy/PROVENANCE.md')).toBe(false);
    expect(reader('ticos').read(fixture('gates-counter.answer.json'), '')).toMatchObject({ kind: 'counters' });
  });

  it('read answers of the till', () => {
    expect(reader('till').covers('pools-pos-soap/clients.xml')).toBe(true);
    expect(reader('till').covers('pools-pos-soap/clients.request.xml')).toBe(false);
    expect(reader('till').covers('pools-pos-soap/_clients.md')).toBe(false);
    expect(reader('till').read(fixture('get-clients-ex.answer.xml'), '')).toMatchObject({
      operation: 'GetClientsEx',
      returnCode: 0,
      meaning: 'done',
      clients: { value: [{ id: '5000117004', accountBalance: '23.70' }] },
    });
  });
});
