import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Kind, parse, type FieldNode, type GraphQLResolveInfo } from 'graphql';
import { CustomerAccess } from '#lib/customer';
import { ANONYMOUS, formatBerlin, parseGlobalId, parseInstant, toGlobalId } from '#lib/kernel';
import { customerOf, customerPrincipal, directoryOf, openScope, TestClock, noRecord } from '#lib/testing';
import { ShopBackend } from '../backend/shop.backend.js';
import { DeparturesController } from '../partner/departures.controller.js';
import { openTransit } from '../testing/open-transit.js';
import { fixture, json, ScriptedUpstream, SETTINGS } from '../testing/scripted-upstream.js';
import { TransitService } from '../transit.service.js';
import { FareSubscriptionResolver } from './fare-subscription.resolver.js';
import { StopResolver } from './stop.resolver.js';
import { CustomerTransitResolver } from './transit-customer.resolver.js';

const MILO = customerOf({ subject: 'milo', links: { TRANSIT: 'JNV-00077001' } });
const SIGNED_IN = customerPrincipal('milo');
const CLOCK = new TestClock();

const FILES: readonly (readonly [pattern: RegExp, file: string])[] = [
  [/oauth/, 'token.answer.json'],
  [/customers/, 'subscriptions.answer.json'],
  [/LocMatch/, 'loc-match.answer.json'],
  [/StationBoard/, 'station-board.answer.json'],
];

function house() {
  const upstream = new ScriptedUpstream(CLOCK, ({ path, body }) => {
    const [, file] = FILES.find(([pattern]) => pattern.test(`${path} ${String(body)}`))!;
    return json(200, fixture(file));
  });
  const access = new CustomerAccess(directoryOf(MILO), upstream, CLOCK, noRecord);
  const service = new TransitService(new ShopBackend(upstream, SETTINGS, CLOCK), access);
  const { stops } = openTransit(upstream, CLOCK);
  return {
    requests: upstream.requests,
    ofCustomer: new CustomerTransitResolver(service),
    customer: new FareSubscriptionResolver(service),
    stops: new StopResolver(stops),
    partner: new DeparturesController(stops),
  };
}

function infoOf(query: string): GraphQLResolveInfo {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not a query');
  const fieldNodes = operation.selectionSet.selections as readonly FieldNode[];
  return { fieldNodes, fragments: {}, variableValues: {} } as unknown as GraphQLResolveInfo;
}

describe('Customer.transit', () => {
  it('shows subscriptions and tickets from one read, begun before their fields are resolved', async () => {
    const { ofCustomer, customer, requests } = house();
    const scope = openScope(CLOCK, { principal: SIGNED_IN });
    const parent = ofCustomer.transit(MILO, scope, infoOf('{ transit { tickets { id } fareSubscriptions { id } } }'))!;
    expect(scope.reads.size).toBe(1);

    const [app, card] = await customer.fareSubscriptions(parent, scope);
    expect(app).toEqual({
      customer: MILO,
      id: toGlobalId('FareSubscription', 'ABO-0077001'),
      number: 'ABO-0077001',
      product: 'Deutschlandticket',
      state: 'ACTIVE',
      from: '2025-04-01',
      until: null,
      price: { amount: '63.00', currency: 'EUR' },
      interval: 'MONTH',
      medium: 'APP',
      chipCardNumber: null,
      cancellableUntil: '2026-12-10',
      source: { subsidiary: 'TRANSIT', system: 'fare-shop', asOf: '2026-11-22T16:59:58.000Z', stale: false },
    });
    expect(card).toMatchObject({ state: 'OTHER', interval: 'OTHER', medium: 'CHIPCARD', chipCardNumber: '••••3221' });

    expect(await customer.tickets(parent, scope)).toEqual([
      {
        id: toGlobalId('Ticket', 'T-77001-2026-11'),
        product: 'Deutschlandticket',
        validFrom: '2026-10-31T23:00:00.000Z',
        validUntil: '2026-12-01T02:00:00.000Z',
        barcode: { symbology: 'AZTEC', payload: 'I1VUMDFiZWlzcGllbA==' },
      },
    ]);
    expect(requests).toHaveLength(2);
    expect(scope.uses.flatMap(({ omissions }) => omissions.map(({ path }) => path))).toEqual([
      'data[2].startsOn',
      'data[0].tickets[1].validFrom',
    ]);
  });

  it('asks nothing when no field needs the shop', () => {
    const { ofCustomer, requests } = house();
    const scope = openScope(CLOCK, { principal: SIGNED_IN });
    expect(ofCustomer.transit(MILO, scope, infoOf('{ transit { id } }'))).not.toBeNull();
    expect(requests).toEqual([]);
  });

  it.each([
    ['without a link', SIGNED_IN, { ...MILO, links: {} }],
    ['for anyone who is not signed in', ANONYMOUS, MILO],
  ])('is null %s, and nothing can be read', async (_name, principal, someone) => {
    const { ofCustomer, customer, requests } = house();
    const scope = openScope(CLOCK, { principal });
    expect(ofCustomer.transit(someone, scope, infoOf('{ transit { tickets { id } } }'))).toBeNull();
    await expect(customer.tickets({ id: 'x', customer: someone }, scope)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(requests).toEqual([]);
  });
});

describe('stops and departures', () => {
  it('are public and lead from a text to a board', async () => {
    const { stops } = house();
    const scope = openScope(CLOCK);
    const [stop] = await stops.stops(null, 10, scope);
    expect(parseGlobalId(stop!.id)).toEqual({ type: 'Stop', key: '159901' });
    const board = await stops.departures(stop!, 10, undefined, scope);
    expect(board).toMatchObject({
      pollAfterSeconds: 15,
      source: { system: 'hafas', stale: false },
      nodes: [{ line: 'Str 7', direction: 'Endpunkt' }, { cancelled: true }, {}, {}],
    });
    expect(new Set(board?.nodes.map(({ id }) => id)).size).toBe(4);
  });

  it('give each board of a stop an id of its own', async () => {
    const { stops } = house();
    const scope = openScope(CLOCK);
    const stop = (await stops.stop('159901', scope))!;
    const from = parseInstant('2026-11-22T18:00:00+01:00');
    const boards = await Promise.all([
      stops.departures(stop, 10, null, scope),
      stops.departures(stop, 1, null, scope),
      stops.departures(stop, 10, from, scope),
    ]);
    expect(new Set(boards.map((board) => board?.id)).size).toBe(3);
  });
});

describe('departures for partners', () => {
  it('are the same as in the graph, with times in Berlin’s offset', async () => {
    const { stops, partner } = house();
    const scope = openScope(CLOCK);
    const answer = await partner.departures('de:16053:159901', { first: 10 }, scope);
    const stop = await stops.stop('159901', scope);
    const board = await stops.departures(stop!, 10, null, scope);
    expect(answer.stop).toEqual(stop);
    expect(answer.items.map(({ id, remarks }) => ({ id, remarks }))).toEqual(
      board?.nodes.map(({ id, remarks }) => ({ id, remarks })),
    );
    expect(answer.items.map(({ planned }) => planned)).toEqual(board?.nodes.map((node) => formatBerlin(node.planned)));
    expect(answer.items[0]).toMatchObject({
      planned: '2026-11-22T18:03:00+01:00',
      expected: '2026-11-22T18:05:00+01:00',
    });
    expect(answer.source).toEqual({
      subsidiary: 'TRANSIT',
      system: 'hafas',
      asOf: '2026-11-22T18:01:30+01:00',
      stale: false,
    });
    expect(answer.pollAfterSeconds).toBe(15);
  });

  it('are NOT_FOUND for an unknown stop', async () => {
    const { partner } = house();
    const unknown = partner.departures('nowhere', { first: 10 }, openScope(CLOCK));
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuse a time without offset by name', async () => {
    const { partner } = house();
    const wrong = partner.departures('159901', { first: 10, from: '2026-11-22T18:00' }, openScope(CLOCK));
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { path: 'from' } });
  });
});
