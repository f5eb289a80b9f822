import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCESS_RULE, PartnerCallers, type AccessRule } from '#lib/access';
import { listLabels } from '#lib/customer';
import { AppError, type Principal } from '#lib/kernel';
import { CommandRegistry } from '#lib/processes';
import { openHouse, type House } from '../harness.js';
import { handingScopes } from '../rights/labelled-models.js';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly rule: AccessRule;
}

/** A partner's call with its token, as the contract and the customer left it. */
interface Caller {
  readonly name: string;
  readonly kind: 'partner' | 'delegate';
  readonly scopes: readonly string[];
}

/** All routes that Nest serves, with their rules. */
function routesOf(app: NestFastifyApplication): Route[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name]!;
        const below = Reflect.getMetadata('path', handler) as string | undefined;
        if (below === undefined) return [];
        const base = Reflect.getMetadata('path', metatype as object) as string;
        const rule = Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number]!;
        return [
          {
            method,
            rule,
            path: `/${base}/${below}`
              .replace(/\/+/g, '/')
              .replace(/(.)\/$/, '$1')
              .replace(/:\w+/g, 'x'),
          },
        ];
      });
    });
}

/** What a customer grants so that a partner sees what became of a command. */
function followScopes(app: NestFastifyApplication): string[] {
  const registry = app.get(CommandRegistry, { strict: false });
  return registry.kinds.flatMap((kind) => {
    const granted = registry.findCommand(kind)?.command.granted;
    return granted === undefined ? [] : [`${granted}:read`];
  });
}

/** What the rule says: the status of whoever it keeps out; undefined for those it lets in. */
function refusalOf({ rule }: Route, { kind, scopes }: Caller): number | undefined {
  if (rule.edge === 'browser') return 401;
  if (rule.callers !== 'anyone' && !rule.callers.includes(kind)) return 403;
  return rule.scope === undefined || scopes.includes(rule.scope) ? undefined : 403;
}

describe('each route for each kind of partner', () => {
  let house: House;
  let routes: readonly Route[];
  /** Scopes by which `GET processes/{id}` decides whose processes it shows. */
  let follow: readonly string[];
  const callers = new Map<string, Caller>();

  beforeAll(async () => {
    house = await openHouse({
      arrange: (gateway) => {
        routes = routesOf(gateway);
        follow = followScopes(gateway);
        // Any caller can be tried, those that no contract gives included; what the token opens is the guard's own work.
        gateway.get(PartnerCallers, { strict: false }).principalOf = async (authorization) => {
          const caller = callers.get(authorization);
          if (caller === undefined) throw new AppError('UNAUTHENTICATED', 'no such token');
          return principalOf(caller);
        };
      },
    });
    const scopes = [...new Set(routes.flatMap(({ rule }) => rule.scope ?? []))];
    for (const kind of ['partner', 'delegate'] as const) {
      for (const held of [[], scopes, ...scopes.map((scope) => [scope])]) {
        const name = `${kind} with ${held.join(' ') || 'nothing'}`;
        callers.set(`Bearer ${Buffer.from(name).toString('hex')}`, { name, kind, scopes: held });
      }
    }
  }, 60_000);
  afterAll(() => house.close());

  const statusOf = async ({ method, path }: Route, headers: Record<string, string>): Promise<number> => {
    const body = method === 'GET' ? {} : { body: '{}', headers: { ...headers, 'content-type': 'application/json' } };
    return (await fetch(house.url + path, { method, headers, redirect: 'manual', ...body })).status;
  };

  it('is answered as its rule says', async () => {
    expect(routes.length).toBeGreaterThan(4);
    expect(callers.size).toBeGreaterThan(6);
    const wrong: unknown[] = [];
    let kept = 0;
    for (const route of routes) {
      for (const [authorization, caller] of callers) {
        const expected = refusalOf(route, caller);
        const status = await statusOf(route, { authorization });
        const isRight = expected === undefined ? status !== 401 && status !== 403 : status === expected;
        if (!isRight) wrong.push([caller.name, route.method, route.path, { expected, status }]);
        if (expected !== undefined) kept += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(kept).toBeGreaterThan(10);
  }, 60_000);

  it('is closed to everybody else unless it is for everybody', async () => {
    const customer = `Bearer ${await house.token('aylin')}`;
    for (const route of routes.filter(({ rule }) => rule.edge !== 'browser')) {
      const isPublic = route.rule.callers === 'anyone';
      expect([route.path, (await statusOf(route, {})) === 401]).toEqual([route.path, !isPublic]);
      expect([route.path, await statusOf(route, { authorization: customer })]).toEqual([route.path, 401]);
      expect([route.path, await statusOf(route, { cookie: '__Host-saaltor=x' })]).toEqual([route.path, 401]);
    }
  });

  it('has no scope that nobody can hold', async () => {
    const document = (await (await house.get('/partner/v1/openapi.json')).json()) as OpenApi;
    const { partner, grant } = document.components.securitySchemes;
    const offered = [partner.flows.clientCredentials!.scopes, grant.flows.authorizationCode!.scopes].flatMap(
      Object.keys,
    );
    // Some open no route of their own but let a partner see more of what it is shown.
    const held = [...routes.flatMap(({ rule }) => rule.scope ?? []), ...follow, ...handingScopes(listLabels)];
    expect([...new Set(held)].toSorted()).toEqual(offered.toSorted());
    expect(document.paths['/partner/v1/transit/tickets']?.['get']?.security).toEqual([
      { grant: ['transit.tickets:read'] },
    ]);
    expect(document.paths['/partner/v1/housing/listings']?.['get']?.security).toEqual([]);
  });
});

interface OpenApi {
  readonly components: {
    readonly securitySchemes: Readonly<
      Record<'partner' | 'grant', { flows: Record<string, { scopes: Record<string, string> }> }>
    >;
  };
  readonly paths: Readonly<Record<string, Record<string, { security: object[] }>>>;
}

function principalOf({ kind, scopes }: Caller): Principal {
  return kind === 'partner'
    ? { kind, clientId: 'tried', subsidiary: 'POOLS', scopes }
    : { kind, clientId: 'tried', role: 'service', customerId: 'nobody', scopes };
}
