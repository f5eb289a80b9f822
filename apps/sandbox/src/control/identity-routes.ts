import type { IdentityProvider } from '../identity/identity-provider.js';
import { peopleOf } from '../identity/people.js';
import type { World } from '../world/world.js';
import {
  readClientOrder,
  readLifetimes,
  readOutage,
  readRotation,
  readSignOut,
  readTokenOrder,
} from './read-identity-orders.js';
import type { Route } from './route.js';

/** Tokens on demand, and the identity provider in other states than usual. */
export function identityRoutes(identity: IdentityProvider, world: World): Readonly<Record<string, Route>> {
  const find = peopleOf(world);
  const showClients = () => ({ clients: identity.clients.list() });
  const changeClients: Route = async ({ body }) => {
    identity.clients.follow(readClientOrder(await body()));
    return showClients();
  };
  return {
    'POST /tokens': async ({ body }) => await identity.issueToken(readTokenOrder(await body(), find)),
    'GET /identity/clients': showClients,
    'PUT /identity/clients': changeClients,
    'POST /identity/clients': changeClients,
    'POST /identity/rotate-keys': async ({ body }) => ({
      published: await identity.rotateKeys(readRotation(await body())),
    }),
    'POST /identity/outage': async ({ body }) => {
      const order = readOutage(await body());
      if (order === undefined) identity.outage.end();
      else identity.outage.begin(order.kind, order.seconds);
      return { outage: identity.outage.present };
    },
    'POST /identity/logout': async ({ body }) => ({
      notices: await identity.signOut(readSignOut(await body(), find)),
    }),
    'GET /identity/lifetimes': () => identity.lifetimes,
    'PUT /identity/lifetimes': async ({ body }) => {
      identity.lifetimes = { ...identity.lifetimes, ...readLifetimes(await body()) };
      return identity.lifetimes;
    },
    'GET /identity/requests': () => identity.requests.list(),
    'DELETE /identity/requests': () => {
      identity.requests.clear();
      return identity.requests.list();
    },
  };
}
