import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IdentityProvider } from '../identity/identity-provider.js';
import { BodyTooLarge, readBody, send, sendJson, urlOf } from '../systems/http.js';
import type { Booking, LegacySystem } from '../systems/legacy-system.js';
import { AGENTS } from '../world/agents.js';
import type { City } from '../world/city.js';
import { TooManyFaults } from '../world/fault-book.js';
import type { Fault } from '../world/world.js';
import { identityRoutes } from './identity-routes.js';
import { overview, type Address } from './overview.js';
import { Mailbox } from './mailbox.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';
import { readClock, readFault, readScope, type Names, type Scope } from './read-orders.js';
import { showHousehold, showPersona } from './show-household.js';

/** What the control endpoint steers. */
export interface Controlled {
  readonly world: City;
  readonly systems: readonly LegacySystem[];
  /** Name and URL of everything that listens. */
  readonly addresses: readonly Address[];
  readonly environment: Readonly<Record<string, string>>;
  readonly identity: IdentityProvider;
}

/** Steers the sandbox: personas, faults, clock and resets as JSON over HTTP. */
export function createControl(
  controlled: Controlled,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const routes = routesOf(controlled);
  return async (request, response) => {
    const url = urlOf(request);
    try {
      if (url.pathname === '/' && request.method === 'GET') {
        send(response, 200, 'text/plain; charset=utf-8', overview(controlled.addresses));
        return;
      }
      const route = routeFor(routes, request.method ?? '', url.pathname);
      sendJson(response, 200, await route({ url, body: () => readBody(request) }));
    } catch (error) {
      const problem = asProblem(error);
      // A refused body may still be under way: the connection is of no more use.
      const headers = problem.status === 413 ? { Connection: 'close' } : {};
      sendJson(response, problem.status, { error: problem.message }, headers);
    }
  };
}

function routesOf({ world, systems, environment, identity }: Controlled): Readonly<Record<string, Route>> {
  const mailbox = new Mailbox();
  const names: Names = { systems: systems.map((system) => system.name), findHousehold: (key) => world.byKey(key) };
  const showFaults = () => ({ faults: world.faults.list().map((fault) => showFault(fault, world)) });
  const showClock = () => ({
    now: new Date(world.now()).toISOString(),
    today: world.today(),
    offsetMs: world.clock.offsetMs,
  });
  return {
    ...identityRoutes(identity, world),
    'GET /personas': () => ({ personas: world.personas().map(showPersona), agents: AGENTS }),
    'GET /households/*': ({ url }) => {
      const household = world.byKey(url.pathname.slice('/households/'.length));
      if (!household) throw new Problem(404, 'There is no such household; keys are in /personas or like h-000123.');
      return showHousehold(household);
    },
    'GET /books/*': ({ url }) => booksOf(systems, url.pathname.slice('/books/'.length)),
    'GET /faults': showFaults,
    'POST /faults': async ({ body }) => {
      world.faults.order(readFault(await body(), names));
      return showFaults();
    },
    'DELETE /faults': ({ url }) => {
      world.faults.end(readScope(url.searchParams, names));
      return showFaults();
    },
    'POST /reset': ({ url }) => {
      const scope = readScope(url.searchParams, names);
      if (scope.system === undefined && scope.household === undefined) identity.reset();
      return { reset: reset(world, systems, scope) };
    },
    'GET /clock': showClock,
    'PUT /clock': async ({ body }) => {
      world.clock.shift(readClock(await body(), Date.now()));
      return showClock();
    },
    'GET /letters': () => mailbox.list(),
    'POST /letters': async ({ body }) => {
      mailbox.put(await body());
      return { letters: mailbox.list().length };
    },
    'GET /environment': () => environment,
  };
}

function routeFor(routes: Readonly<Record<string, Route>>, method: string, pathname: string): Route {
  const path = pathname.replace(/^\/(households|books)\/.*$/, '/$1/*');
  const route = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  if (route) return route;
  const methods = Object.keys(routes).flatMap((name) => (name.endsWith(` ${path}`) ? [name.split(' ')[0]] : []));
  if (methods.length > 0) throw new Problem(405, `This path takes ${methods.join(', ')}.`);
  throw new Problem(404, 'There is no such path; GET / lists them all.');
}

/**
 * Back to the seed: all of it with the clock, or one system, or what is known of one household.
 * @returns the names of the systems that forgot something
 */
function reset(world: City, systems: readonly LegacySystem[], scope: Scope): readonly string[] {
  world.faults.end(scope);
  if (scope.system === undefined && scope.household === undefined) world.clock.shift(0);
  const chosen = systems.filter((system) => scope.system === undefined || system.name === scope.system);
  if (scope.household === undefined) {
    for (const system of chosen) system.reset();
    return chosen.map((system) => system.name);
  }
  const { household } = scope;
  const able = chosen.filter((system) => system.resetHousehold);
  for (const system of able) system.resetHousehold?.(household);
  return able.map((system) => system.name);
}

function booksOf(systems: readonly LegacySystem[], name: string): readonly Booking[] {
  const books = systems.find((system) => system.name === name)?.books?.();
  if (books) return books;
  const able = systems.filter((system) => system.books).map((system) => system.name);
  throw new Problem(404, `Books are kept by ${able.join(', ')}.`);
}

/** As it was ordered: the household by its key; and how many requests a counted fault will still strike. */
function showFault(fault: Fault, world: City) {
  const left = world.faults.left(fault);
  return {
    ...fault,
    household: fault.household === null ? null : (world.household(fault.household)?.key ?? null),
    ...(left !== null && { left }),
  };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof BodyTooLarge) return new Problem(413, 'The body is longer than 1 MB.');
  if (error instanceof TooManyFaults) return new Problem(400, 'There are 1,000 faults already; delete some first.');
  throw error;
}
